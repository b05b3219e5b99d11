import type { Ending, EndReason } from '../../debate/events.ts';
import type { Act, RejectedReading } from '../../debate/readings.ts';
import type { Cell } from '../../debate/verdict.ts';

/** What a speaker did when it took its stand, as words behind a position. */
export const actPhrase: Record<Act, string> = {
  commit: 'committed',
  conditional: 'on a condition',
  propose: 'proposed',
  question: 'asked',
  rhetoric: 'argued',
  retract: 'taken back',
};

export const abstainPhrase: Record<Extract<Cell, { stand: 'abstain' }>['reason'], string> = {
  'no-evidence': 'took no stand that could be quoted',
  'samples-disagree': 'the readings lie more than 2 points apart',
  'too-few-quotes': 'fewer than half of the readings carry a quote that holds',
};

export const rejectedPhrase: Record<RejectedReading['reason'], string> = {
  'quote-not-found': 'its quote stands in no turn of this speaker',
  'turn-unclear': 'its quote stands in several turns',
  'no-quote': 'it has no quote',
  'wrong-speaker': 'its quote is another speaker’s',
  'unknown-speaker': 'it names nobody of the cast',
  'unknown-issue': 'its issue is not on the agenda',
  'out-of-scale': 'its position is not on the scale',
  'unknown-act': 'its act is not a known one',
  duplicate: 'a later word of the same speaker counts',
  'words-of-a-question': 'its quote repeats a question that was put, which is no stand',
  'why-not-found': 'the reading counts, but the reason given for it is not in that turn',
  malformed: 'it is no reading',
};

export const endedAs: Record<EndReason, string> = {
  converged: 'It ended because the positions had converged.',
  deadlock: 'It ended in deadlock.',
  plateau: 'It ended on a plateau.',
  'round-limit': 'It ended at its round limit.',
  budget: 'It ended because its budget was used up.',
  stopped: 'It was stopped by hand.',
  failed: 'It failed before its end.',
};

export const endingNote: Record<Ending, string> = {
  complete: '',
  length: 'cut at the token limit',
  refused: 'the model refused',
  filtered: 'cut by the provider’s filter',
  repetition: 'cut where it repeated itself',
};
