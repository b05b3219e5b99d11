import type { AssessedTurn } from '../../convergence/assess.ts';
import type { EarlierReading } from '../../convergence/history.ts';
import type { Agenda } from '../../debate/agenda.ts';
import type { Debate } from '../../debate/debate.ts';
import type { CastMember } from '../../debate/setup.ts';

/** What positions are read from after a round: of a debate, or of a transcript that parley did not make. */
export interface ReadMatter {
  agenda: Agenda;
  cast: readonly CastMember[];
  /** Speeches so far, without the chair's. */
  speeches: readonly AssessedTurn[];
  /** The round just held, from 1. */
  round: number;
  /** Verdicts of the rounds before it. */
  earlier: readonly EarlierReading[];
  /** Decides how the samples see the speeches, and the bootstrap. */
  seed: number;
}

/** What there is to read of a debate after a round. */
export function matterOf({ started, turns, verdicts }: Debate, round: number): ReadMatter {
  const { agenda, cast, seed } = started;
  const speeches = turns.filter((turn) => turn.kind === 'speech');
  return { agenda, cast, speeches, round, earlier: verdicts, seed };
}
