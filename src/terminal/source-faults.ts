import { askedBefore, type Debate, quotedOf, speechesOf } from '../debate/debate.ts';
import type { EventOf } from '../debate/events.ts';
import type { CheckedQuotation } from '../grounding/check-quotation.ts';
import { findCitations } from '../grounding/citations.ts';
import type { DiffPart } from '../grounding/near-quotes.ts';
import { checkQuotations, isFaithful, needsReading } from '../grounding/turn-grounding.ts';
import { firstWords } from '../text/wording.ts';
import { roleBreaksIn } from './latest-reading.ts';

/** Words of a turn that are not those of their source, or a citation of nothing; found by code. */
export interface SourceFault {
  /** Where in the turn's text, as offsets. */
  readonly start: number;
  readonly end: number;
  /** `P3` or `T7`; null where the words stand nowhere. */
  readonly source: string | null;
  /** The words against the source's; null where there is nothing to hold them against. */
  readonly diff: readonly DiffPart[] | null;
  /** Known only once its round was read: its words may be those that the speaker would sign. */
  readonly fromReading: boolean;
  /** All of it on one line. */
  readonly line: string;
}

/** Checked once a turn before its round is read and once after, and only when the turn is looked at. */
const checked = [false, true].map(() => new WeakMap<EventOf<'turn-ended'>, readonly SourceFault[]>());

export function sourceFaults(debate: Debate, turn: EventOf<'turn-ended'>): readonly SourceFault[] {
  const isRead = debate.verdicts.some(
    ({ round, convergence }) => round === turn.round && convergence !== null,
  );
  const known = checked[Number(isRead)]?.get(turn);
  if (known) return known;
  const { passages } = debate.started.article;
  const earlierTurns = debate.turns.filter((one) => one.turn < turn.turn);
  const questions = askedBefore(debate, turn.turn);
  const exists = new Set([
    ...passages.map(({ number }) => `P${number}`),
    ...earlierTurns.map((one) => `T${one.turn}`),
  ]);
  const missing = findCitations(turn.text)
    .filter(({ label }) => !exists.has(label))
    .map(({ label, start, end }): SourceFault => {
      const line = `Citation of nothing: there is no [${label}].`;
      return { start, end, source: null, diff: null, fromReading: false, line };
    });
  const { terms } = quotedOf(debate, turn);
  const quotations = checkQuotations({ text: turn.text, passages, earlierTurns, questions, terms });
  const misquoted = quotations
    .filter((quotation) => !isFaithful(quotation) && (isRead || !needsReading(quotation)))
    .map(misquote);
  const faults = [...missing, ...misquoted].sort((one, other) => one.start - other.start);
  checked[Number(isRead)]?.set(turn, faults);
  return faults;
}

/** What the reading of a round lets a reader hold against its speeches, a line each: words that stand nowhere, and roles left. */
export function faultsFromReading(debate: Debate, round: number): string[] {
  return speechesOf(debate, round).flatMap((turn) =>
    [
      ...sourceFaults(debate, turn).filter(({ fromReading }) => fromReading),
      ...roleBreaksIn(debate, turn).filter(({ isTakenOff }) => !isTakenOff),
    ].map(({ line }) => `[T${turn.turn}] ${line}`),
  );
}

function misquote(quotation: CheckedQuotation): SourceFault {
  const { text, start, end, match, source, isCited, diff } = quotation;
  const fromReading = needsReading(quotation);
  if (match === 'near' && source && diff) {
    return { start, end, source, diff, fromReading, line: `Misquote of [${source}]: ${changesIn(diff)}.` };
  }
  const words = `“${firstWords(text, mostWords)}”`;
  if (isCited === false && source) {
    const line = `Cited from the wrong place: ${words} is in [${source}].`;
    return { start, end, source, diff: null, fromReading, line };
  }
  const line = `Misquote: ${words} is in no passage and no earlier turn.`;
  return { start, end, source: null, diff: null, fromReading, line };
}

/** `“goal” for “expectation”, “all” left out`: what was changed, a few changes at most. */
function changesIn(diff: readonly DiffPart[]): string {
  const changes: string[] = [];
  for (let index = 0; index < diff.length; index++) {
    const [part, after] = [diff[index], diff[index + 1]];
    if (!part || part.kind === 'same') continue;
    const quoted = `“${firstWords(part.text, mostWords)}”`;
    if (part.kind === 'missing' && after?.kind === 'added') {
      changes.push(`“${firstWords(after.text, mostWords)}” for ${quoted}`);
      index += 1;
    } else changes.push(`${quoted} ${part.kind === 'missing' ? 'left out' : 'added'}`);
  }
  const more = changes.length - mostChanges;
  return [...changes.slice(0, mostChanges), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

const mostChanges = 3;
const mostWords = 10;
