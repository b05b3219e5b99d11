import { type Assessment, assess } from '../../src/convergence/assess.ts';
import type { EarlierReading } from '../../src/convergence/history.ts';
import { interpretReply } from '../../src/convergence/judge-reply.ts';
import { type Mask, maskNames } from '../../src/convergence/mask-names.ts';
import type { ReaderError } from '../../src/convergence/reader-error.ts';
import { type JudgePlan, partyLetter, planSamples } from '../../src/convergence/sample-plan.ts';
import type { Agenda } from '../../src/debate/agenda.ts';
import type { JudgeSample } from '../../src/debate/readings.ts';
import { seededRandom } from '../../src/debate/seeded-random.ts';
import type { CastMember } from '../../src/debate/setup.ts';
import { termsOf } from '../../src/grounding/facts.ts';
import { matchQuote } from '../../src/grounding/quotes.ts';
import type { Domain } from './domains/domain.ts';
import { type Speech, speakers } from './transcript.ts';

/** What one sample of a judge is shown: the agenda in the plan's order and direction, and the speeches with names masked. */
export interface View {
  agenda: Agenda;
  /** Speakers are "Party A" and so on, or named where names are shown. */
  turns: { turn: number; speaker: string; text: string }[];
  plan: JudgePlan;
  /** The same before it was prepared, for judges that are prompted as in a debate; nothing is masked for a cast without names. */
  source: { domain: Domain; speeches: readonly Speech[]; cast: CastMember[] };
}

/** A judge gives its reply as text, as a language model would. */
export interface Judge {
  name: string;
  reply(view: View): Promise<string>;
  /** What it is known to be off by, where it reads the same each time. */
  errorOn?(agenda: Agenda, turns: readonly Speech[]): ReaderError;
}

/** What a metamorphic check changes about the reading, and nothing else. */
export interface Changes {
  samples?: number;
  /** Show names as they are. */
  unmasked?: boolean;
  /** Which seed orders speakers and issues. */
  planSeed?: number;
  /** Show all samples the scale upside down, or none. */
  reversed?: boolean;
}

/** Reads a transcript round by round through the same steps as a debate: plan, mask, reply, check of quotes, index. One assessment a round. */
export async function readTranscript(
  domain: Domain,
  speeches: readonly Speech[],
  judge: Judge,
  changes: Changes = {},
): Promise<Assessment[]> {
  const rounds = Math.max(...speeches.map(({ round }) => round));
  const earlier: EarlierReading[] = [];
  const assessments: Assessment[] = [];
  for (let round = 1; round <= rounds; round++) {
    const turns = speeches.filter((speech) => speech.round <= round);
    const assessment = assess({
      agenda: domain.agenda,
      cast: castOf(domain),
      turns,
      round,
      samples: await samplesOf(domain, turns, round, judge, changes),
      earlier,
      repetition: null,
      termsOf,
      ...(judge.errorOn ? { readerError: judge.errorOn(domain.agenda, turns) } : {}),
    });
    assessments.push(assessment);
    earlier.push({ round, ...assessment });
  }
  return assessments;
}

async function samplesOf(
  domain: Domain,
  turns: readonly Speech[],
  round: number,
  judge: Judge,
  changes: Changes,
): Promise<JudgeSample[]> {
  const plans = planSamples({
    speakers,
    issues: domain.agenda.map(({ id }) => id),
    samples: changes.samples ?? 3,
    round,
    random: seededRandom('plan', changes.planSeed ?? 0, round),
  }).map((plan) => ({ ...plan, reversed: changes.reversed ?? plan.reversed }));
  return Promise.all(plans.map((plan) => sampleOf(domain, turns, judge, plan, changes)));
}

async function sampleOf(
  domain: Domain,
  turns: readonly Speech[],
  judge: Judge,
  plan: JudgePlan,
  changes: Changes,
): Promise<JudgeSample> {
  const cast = changes.unmasked
    ? castOf(domain).map((member) => ({ ...member, name: member.id }))
    : castOf(domain);
  const mask = maskNames(cast, plan);
  const reply = await judge.reply({
    ...viewOf(domain, turns, plan, mask, (speaker) =>
      changes.unmasked ? nameOf(domain, speaker) : `Party ${partyLetter(plan, speaker)}`,
    ),
    source: { domain, speeches: turns, cast },
  });
  const read = interpretReply({ reply, plan, agenda: domain.agenda, turns, mask, matchQuote });
  const { sample, speakerOrder, issueOrder, reversed } = plan;
  const seen = { sample, speakerOrder, issueOrder, reversed };
  return read.ok
    ? { ...seen, outcome: 'read', failure: '', readings: read.readings, rejected: read.rejected }
    : { ...seen, outcome: 'failed', failure: read.faults.join(' '), readings: [], rejected: [] };
}

function viewOf(
  domain: Domain,
  turns: readonly Speech[],
  plan: JudgePlan,
  mask: Mask,
  labelOf: (speaker: string) => string,
): Omit<View, 'source'> {
  const issues = plan.issueOrder.flatMap((id) => domain.agenda.filter((issue) => issue.id === id));
  return {
    agenda: issues.map((issue) =>
      plan.reversed
        ? { ...issue, anchors: { 0: issue.anchors[6], 3: issue.anchors[3], 6: issue.anchors[0] } }
        : issue,
    ),
    turns: turns.map(({ turn, speaker, text }) => ({
      turn,
      speaker: labelOf(speaker),
      text: mask(text).text,
    })),
    plan,
  };
}

function nameOf({ principals }: Domain, speaker: string): string {
  return principals[speakers.indexOf(speaker as (typeof speakers)[number])] ?? speaker;
}

function castOf({ principals }: Domain): CastMember[] {
  return speakers.map((id, place) => ({
    ...{ id, name: principals[place] ?? id, short: id, principal: true, redLines: [], opening: {} },
  }));
}
