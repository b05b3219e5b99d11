import { wrapText } from '../../text/columns.ts';
import { count, dollars } from '../../text/figures.ts';
import { overRows } from '../tui/over.ts';
import {
  column,
  cutText,
  emptyRow,
  filled,
  fitted,
  justified,
  type Row,
  type Size,
  span,
} from '../tui/span.ts';
import {
  type SetupEstimate,
  type SetupField,
  type SetupOffer,
  type SetupState,
  setupKeys,
} from './setup-state.ts';

/** The estimate as it stands: still being made, made, or not to be had and why. */
export type EstimateState = SetupEstimate | 'pending' | { readonly failure: string };

const labelColumns = 12;
const widestText = 96;
/** Lower screens do without rules and blank rows. */
const roomForRules = 14;
/** Narrower ones without the label of the estimate. */
const roomForLabel = 60;

/** The whole set-up screen: what is chosen, what it would take, and a preview of article and cast. */
export function setupRows(state: SetupState, offer: SetupOffer, estimate: EstimateState, size: Size): Row[] {
  const { columns, rows } = size;
  const rule: Row = [span('─'.repeat(columns), 'faint')];
  const isLow = rows < roomForRules;
  const top: Row[] = [
    titleRow(state, offer, columns),
    ...(isLow ? [] : [rule]),
    ...fieldRows(state, offer, columns),
    ...(isLow ? [] : [emptyRow]),
    estimateRow(estimate, columns),
    rule,
  ];
  const bottom: Row[] = isLow ? [hintRow(columns)] : [rule, hintRow(columns)];
  const room = Math.max(0, rows - top.length - bottom.length);
  const preview = previewRows(state, offer, Math.min(widestText, columns - 4));
  const first = Math.min(state.scroll, Math.max(0, preview.length - room));
  const seen = preview.slice(first, first + room);
  // What is below is said to be there.
  if (room > 1 && first + room < preview.length) seen[room - 1] = [span('   ↓ more: PgDn', 'muted')];
  const all = [...top, ...filled(seen, room), ...bottom].slice(0, rows);
  if (state.over === null) return all;
  const over = overRows(state.over, setupKeys, { columns, rows: Math.max(3, rows - 2) });
  return [...all.slice(0, Math.max(0, rows - over.length)), ...over].slice(0, rows);
}

/** How many rows of the preview do not fit, and can be scrolled away. */
export function scrollableRows(state: SetupState, offer: SetupOffer, { columns, rows }: Size): number {
  const around = rows < roomForRules ? 8 : 11;
  return Math.max(0, previewRows(state, offer, Math.min(widestText, columns - 4)).length - (rows - around));
}

/** The title and, where the simulator is chosen, that it is one. */
function titleRow(state: SetupState, offer: SetupOffer, columns: number): Row {
  const title: Row = [span(' parley', 'accent'), span('  set up a debate', 'strong')];
  if (offer.models[state.model]?.spec !== 'simulator') return title;
  const mark = columns < 70 ? ' SIMULATED ' : ' SIMULATED: not a language model ';
  return justified(title, [span(mark, 'mark'), span(' ')], columns);
}

function fieldRows(state: SetupState, offer: SetupOffer, columns: number): Row[] {
  const scenario = offer.scenarios[state.scenario];
  const strategy = offer.strategies[state.strategy];
  const model = offer.models[state.model];
  const row = (field: SetupField, value: string, note: string): Row => {
    const isHere = state.field === field;
    const lead: Row = [
      span(isHere ? ' ▸ ' : '   ', 'accent'),
      span(column(field, labelColumns), isHere ? 'strong' : 'muted'),
      span(isHere ? '‹ ' : '  ', 'accent'),
      span(value, isHere ? 'accent' : 'text'),
      span(isHere ? ' ›' : '', 'accent'),
    ];
    return fitted([...lead, span(note === '' ? '' : `   ${note}`, 'muted')], columns);
  };
  const place = (index: number, all: readonly unknown[]) =>
    all.length > 1 ? `${index + 1} of ${all.length}` : '';
  return [
    row('scenario', scenario?.title ?? 'none found', place(state.scenario, offer.scenarios)),
    row('strategy', strategy?.title ?? 'none found', place(state.strategy, offer.strategies)),
    row('model', model?.spec ?? 'none found', model?.note ?? ''),
    row('rounds', String(state.rounds), ''),
  ];
}

function estimateRow(estimate: EstimateState, columns: number): Row {
  const isNarrow = columns < roomForLabel;
  const lead = span(isNarrow ? '   ' : `   ${column('would take', labelColumns)}  `, 'muted');
  if (estimate === 'pending') return [lead, span('…', 'muted')];
  if ('failure' in estimate) return [lead, span(estimate.failure, 'caution')];
  const price = estimate.costUsd === null ? null : dollars(estimate.costUsd);
  const unknown = isNarrow ? 'price unknown' : 'at a price parley does not know';
  const cost = price === null ? unknown : `${isNarrow ? '~' : 'about '}${price}`;
  const tokens = `${isNarrow ? '~' : 'about '}${count(estimate.tokens)} tokens`;
  return [lead, span(`${estimate.calls} calls, ${tokens}, ${cost}`, 'strong')];
}

function previewRows(state: SetupState, offer: SetupOffer, columns: number): Row[] {
  const scenario = offer.scenarios[state.scenario];
  if (!scenario) return [[span('   There is no scenario here. parley new DIR starts one.', 'caution')]];
  const strategy = offer.strategies[state.strategy];
  const lines = (text: string, lead = '   ') =>
    wrapText(text, columns - lead.length).map((line): Row => [span(lead), span(line)]);
  const { article, cast, issues } = scenario;
  return [
    ...(state.field === 'strategy' && strategy
      ? [heading('strategy'), ...lines(strategy.summary), emptyRow]
      : []),
    ...lines(scenario.summary),
    emptyRow,
    heading('cast'),
    ...cast.map(
      ({ name, isPrincipal }): Row => [
        span('   '),
        span(name),
        span(isPrincipal ? '  could sign' : '', 'muted'),
      ],
    ),
    emptyRow,
    heading('agenda'),
    ...lines(issues.join(' · ')),
    emptyRow,
    heading('article'),
    [span('   '), span(cutText(`“${article.title}”`, columns - 3), 'strong')],
    [span(`   ${article.origin}`, 'muted')],
    ...article.passages.flatMap((text, index): Row[] => [
      ...wrapText(text, columns - 8).map(
        (line, at): Row => [span(column(at === 0 ? `   [P${index + 1}]` : '', 8), 'citation'), span(line)],
      ),
    ]),
  ];
}

function heading(text: string): Row {
  return [span(`   ${text.toUpperCase()}`, 'muted')];
}

function hintRow(columns: number): Row {
  const hints: Row = [
    ...[span(' ↑↓', 'accent'), span(' field  ', 'muted'), span('←→', 'accent'), span(' choose  ', 'muted')],
    ...[span('Enter', 'accent'), span(' begin  ', 'muted'), span('?', 'accent'), span(' help  ', 'muted')],
    ...[span('q', 'accent'), span(' leave', 'muted')],
  ];
  return justified(hints, columns < 80 ? [] : [span('nothing is spent before Enter ', 'muted')], columns);
}
