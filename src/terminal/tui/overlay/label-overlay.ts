import type { Debate } from '../../../debate/debate.ts';
import type { PositionCell } from '../../../debate/verdict.ts';
import { position } from '../../../text/figures.ts';
import { latestReading, standOf } from '../../latest-reading.ts';
import type { QuoteToLabel } from '../../types.ts';
import { insetRows } from '../body-rows.ts';
import { emptyRow, type Row, span } from '../span.ts';
import type { Overlay } from '../view.ts';

type Evidence = Extract<Overlay, { type: 'evidence' }>;

/** The stand of the last reading that an evidence view shows; null where none was read. */
export function shownStand(debate: Debate, { speaker, issue }: Evidence): PositionCell | null {
  const { cast, agenda } = debate.started;
  const verdict = latestReading(debate)?.verdict;
  return verdict ? standOf(verdict, cast[speaker]?.id ?? '', agenda[issue]?.id ?? '') : null;
}

/** The quote behind a stand, as it is stored; a screen may show it cleaned. */
export function quoteOf(stand: PositionCell, quotes: readonly QuoteToLabel[]): QuoteToLabel | null {
  const same = quotes.filter(
    ({ speaker, issue, turn }) => speaker === stand.speaker && issue === stand.issue && turn === stand.turn,
  );
  return same.find(({ quote }) => quote === stand.quote) ?? same.at(-1) ?? null;
}

/** Where the quotes of the last reading stand that nobody has labelled, in the order given. */
export function leftToLabel(
  debate: Debate,
  quotes: readonly QuoteToLabel[],
): Pick<Evidence, 'speaker' | 'issue'>[] {
  const { cast, agenda } = debate.started;
  return quotes.flatMap((quote) => {
    const speaker = cast.findIndex(({ id }) => id === quote.speaker);
    const issue = agenda.findIndex(({ id }) => id === quote.issue);
    const stand = shownStand(debate, { type: 'evidence', speaker, issue, scroll: 0, toLabel: null });
    const isShown = stand !== null && quoteOf(stand, quotes) === quote;
    return isShown && quote.position === undefined ? [{ speaker, issue }] : [];
  });
}

/** A stand as somebody sees it who is to read it without the judge's reading: its words, and what was answered before. */
export function blindRows(
  debate: Debate,
  overlay: Evidence,
  quotes: readonly QuoteToLabel[],
  columns: number,
): Row[] {
  const stand = shownStand(debate, overlay);
  const quote = stand && quoteOf(stand, quotes);
  if (!stand || !quote) {
    return [[span('There is no quote to label here; the arrows lead to another.', 'caution')]];
  }
  const given =
    quote.position === undefined
      ? 'Where do these words stand on the scale below?'
      : `You said: ${quote.position === null ? 'no stand' : position(quote.position)}.`;
  const left = leftToLabel(debate, quotes).length;
  return [
    ...insetRows(`“${stand.quote}”`, columns, 'accent'),
    [span('  '), span(`[T${stand.turn}]`, 'citation')],
    emptyRow,
    [span(given, 'strong'), span(`  ${left === 0 ? 'every quote is labelled' : `${left} left`}`, 'muted')],
    [span('0-6 where it stands, n no stand. The judge’s reading is hidden.', 'muted')],
  ];
}
