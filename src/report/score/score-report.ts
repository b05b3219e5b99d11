import { readerSentences } from '../../debate/judges.ts';
import type { Convergence } from '../../debate/verdict.ts';
import type { ScoredTranscript } from '../../score/score-transcripts.ts';
import { counted } from '../../text/figures.ts';
import type { Subject } from '../model/subject.ts';
import { movementsOverall, readVerdicts } from '../model/subject.ts';

/** One transcript, scored. */
export interface ScoreReport {
  /** The transcript as it was read, its readings, verdicts and cost. */
  scored: ScoredTranscript;
  /** Agenda and cast. */
  subject: Subject;
  /** Who moved towards whom, in points of the scale from 0 to 6. */
  movements: Convergence['movements'];
  /** Ids of those who count for C: the ones named as able to sign, or everyone. */
  counting: string[];
}

export function scoreReportOf(scored: ScoredTranscript): ScoreReport {
  const { agenda, cast, speeches, verdicts, polls } = scored;
  const turns = speeches.map((speech) => ({
    ...speech,
    kind: 'speech' as const,
    notes: '',
    ending: 'complete' as const,
  }));
  const subject: Subject = { agenda, cast, turns, verdicts, polls };
  const signing = cast.filter(({ principal }) => principal);
  const counting = (signing.length < 2 ? cast : signing).map(({ id }) => id);
  return { scored, subject, movements: movementsOverall(subject), counting };
}

const simulatorMeaning =
  'The simulator is not a language model: it shows how a score works, not what the transcript is worth.';

/** Who read the positions, and what that is worth. */
export function judgeInWords({ judge }: ScoredTranscript): string {
  const { spec, simulated, samples, specs } = judge;
  if (judge.kind === 'run') {
    const own = `${spec}: the readings of the run itself, as its journal holds them; no model was called. Name a judge to read it again.`;
    return simulated ? `${own} ${simulatorMeaning}` : own;
  }
  const shared = specs.length > 1 ? ', shared among them' : '';
  const each = `${counted(samples, 'reading')} after each round${shared}, with names hidden, speakers and issues shuffled, and the scale upside down in every second one.`;
  if (!simulated) return `${spec}: ${each}`;
  return `${spec}: ${each} ${simulatorMeaning}`;
}

/** What the interval of the last reading rests on, a sentence each. */
export function readersOf({ scored, subject }: ScoreReport): string[] {
  const last = readVerdicts(subject).at(-1);
  return last ? readerSentences(last.convergence.judge, scored.judge.alsoSpeaks) : [];
}

export function roundsInWords({ roundRule }: ScoredTranscript): string {
  switch (roundRule) {
    case 'journal':
      return 'the rounds of the debate';
    case 'numbered':
      return 'as the transcript numbers them';
    case 'passes':
      return 'a new one begins when somebody speaks again after others have spoken';
    case 'all':
      return 'the whole transcript as one';
    default:
      return `${roundRule} turns each`;
  }
}

/** How C comes about, for someone who has never seen parley. */
export const method = [
  'Each speaker’s stand on each issue is read as a position from 0 to 6, whose wording at 0, 3 and 6 the agenda gives. A position needs words of the speaker; code looks the quote up in the speaker’s own turns and drops the position where it is not found. No evidence, no position.',
  'C is computed by code, never asked for: on each issue 1 less the mean distance between each two who count, divided by 6; over the agenda the mean by weight. 1: everyone who counts stands at the same place on every issue. 0: two stand at opposite ends of all of them.',
  'C says how close they are, not whether that is good: giving in converges too.',
  'The interval holds the noise of reading the same words again, what all readings of this judge are taken to be off by together, and issues left unread. Coverage is the share of the agenda on which all who count took a stand; below 70% there is no C.',
] as const;
