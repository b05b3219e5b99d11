import type { Agenda } from '../../debate/agenda.ts';
import type { BodyOf, CastMember } from '../../debate/events.ts';
import { type Outcome, success } from '../../debate/outcome.ts';
import { renderReadingOf } from '../../prompts/render-reading.ts';
import type { JsonContext } from '../converse-in-json.ts';
import { lexicalSample } from '../reading/lexical-sample.ts';
import type { ReadMatter } from '../reading/read-matter.ts';
import { readSamples } from '../reading/read-samples.ts';
import { verdictOf } from '../reading/verdict-of.ts';

/** A transcript that is ready to be read. */
export interface Scorable {
  agenda: Agenda;
  cast: readonly CastMember[];
  speeches: readonly { turn: number; round: number; speaker: string; text: string }[];
}

/** Who reads the positions: code alone, or a model through the prompts of a debate. */
export type ScoreJudge =
  | { kind: 'lexical' }
  | { kind: 'model'; samples: number; temperature: number | null; context: JsonContext };

export interface ScoreOptions {
  scorable: Scorable;
  judge: ScoreJudge;
  seed: number;
  /** Told before each round is read. */
  onRound?: (round: number, rounds: number) => void;
}

export type Verdict = BodyOf<'verdict-given'>;

/** Reads the positions after each round, as in a debate; fails where the judge cannot be reached. */
export async function scoreTranscript(options: ScoreOptions): Promise<Outcome<Verdict[]>> {
  const { scorable, judge, seed, onRound } = options;
  const { agenda, cast } = scorable;
  const held = [...new Set(scorable.speeches.map(({ round }) => round))];
  const verdicts: Verdict[] = [];
  for (const round of held) {
    onRound?.(round, held.length);
    const speeches = scorable.speeches.filter((speech) => speech.round <= round);
    const matter: ReadMatter = { agenda, cast, speeches, round, earlier: verdicts, seed };
    if (judge.kind === 'lexical') {
      verdicts.push(verdictOf([lexicalSample(matter)], [], matter));
      continue;
    }
    const { samples, temperature, context } = judge;
    const record = { agenda, cast, speeches, round, rounds: held.length };
    const { outcome } = await readSamples(
      { matter, samples, temperature, render: (plan) => renderReadingOf(context.prompts, record, plan) },
      context,
    );
    if (!outcome.ok) return { ok: false, failure: { reason: outcome.reason, message: outcome.message } };
    verdicts.push(verdictOf(outcome.samples, outcome.calls, matter));
  }
  return success(verdicts);
}
