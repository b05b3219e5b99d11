import type { AssessedTurn } from '../../convergence/assess.ts';
import type { AskedQuestion } from '../../convergence/check-evidence.ts';
import type { EarlierReading } from '../../convergence/history.ts';
import { shuffledTurns } from '../../convergence/sample-plan.ts';
import type { Agenda } from '../../debate/agenda.ts';
import type { Debate } from '../../debate/debate.ts';
import type { JudgeSample } from '../../debate/readings.ts';
import type { CastMember } from '../../debate/setup.ts';
import { questionsOf } from '../../prompts/render-reading.ts';

/** What positions are read from after a round: of a debate, or of a transcript that parley did not make. */
export interface JudgeInput {
  agenda: Agenda;
  cast: readonly CastMember[];
  /** Speeches so far, without the chair's. */
  speeches: readonly AssessedTurn[];
  /** Questions of the moderator and of a person watching so far; absent where none are known. */
  questions?: readonly AskedQuestion[];
  /** The round just held, from 1. */
  round: number;
  /** Verdicts of the rounds before it. */
  earlier: readonly EarlierReading[];
  /** Decides how the samples see the speeches, and the bootstrap. */
  seed: number;
}

/** What there is to read of a debate after a round. */
export function judgeInputOf(debate: Debate, round: number): JudgeInput {
  const { agenda, cast, seed } = debate.started;
  const speeches = debate.turns.filter((turn) => turn.kind === 'speech');
  return { agenda, cast, speeches, questions: questionsOf(debate), round, earlier: debate.verdicts, seed };
}

/** What the judge reads in the control shuffled-turns, and its samples with the turns as they were held. */
export function shuffledInput(input: JudgeInput): {
  input: JudgeInput;
  restored(samples: readonly JudgeSample[]): JudgeSample[];
} {
  const { shown, heldAs } = shuffledTurns(input.speeches, input.seed);
  const held = <Quoted extends { turn: number }>(quoted: readonly Quoted[]) =>
    quoted.map((words) => ({ ...words, turn: heldAs(words.turn) }));
  return {
    // What was read before is not shown, since nothing of this control happens in an order.
    input: { ...input, speeches: shown, earlier: [] },
    restored: (samples) =>
      samples.map((sample) => ({
        ...sample,
        readings: held(sample.readings),
        ...(sample.agreements ? { agreements: held(sample.agreements) } : {}),
        ...(sample.pledges ? { pledges: held(sample.pledges) } : {}),
        ...(sample.crossings ? { crossings: held(sample.crossings) } : {}),
        ...(sample.roleBreaks ? { roleBreaks: held(sample.roleBreaks) } : {}),
        ...(sample.facts ? { facts: held(sample.facts) } : {}),
      })),
  };
}
