import { counted, decimal, dollars, grouped, range } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { editorWith, emptyEditor, textOf } from '../tui/editor.ts';
import {
  type BatchRow,
  batchCounts,
  type HomeContent,
  type HomeItem,
  type HomeRun,
  orderWords,
  type Section,
  sections,
} from './home-content.ts';
import { type HomeAction, homeKeysOn } from './home-keys.ts';
import { dateOf } from './home-list.ts';
import { batchIn, type HomeState, type HomeStep, homeAfter, itemsIn } from './home-state.ts';

/** Runs that are read out at a time. */
const page = 10;

/** Home as sentences, for a screen reader: some rows from a place on, then what can be typed. */
export function homeLines(state: HomeState, content: HomeContent, from: number, now: number): string[] {
  const items = itemsIn(state, content);
  const shown = items.slice(from, from + page);
  const rest = items.length - from - shown.length;
  return [
    titleOf(state, content, items.length),
    ...shown.map((item, index) => `${from + index + 1}: ${itemSentence(item, now)}`),
    rest > 0 ? `${grouped(rest)} more: type more.` : 'That is all.',
    ...typable[state.section],
    'Or type find and words, runs, scenarios, strategies, plans, bin, new-debate, help or leave.',
  ].map(sanitizeLine);
}

function titleOf(state: HomeState, content: HomeContent, count: number): string {
  const { section, sort } = state;
  const filter = textOf(state.filter);
  const batch = batchIn(state, content);
  const found = filter === '' ? '' : ` with “${filter}”. Type back to see all`;
  if (batch && filter === '') {
    return `${counted(count, 'debate')} of the batch ${batch.title}. Type back to leave it.`;
  }
  if (section !== 'runs') return `${section}: ${grouped(count)}${found}.`;
  const runs = counted(filter === '' ? content.runs.length : count, 'run');
  return `${runs} in ${content.place}${found}, ${orderWords[sort]}.`;
}

/** What can be typed in a section, with the numbers read out above it. */
const typable: Record<Section, readonly string[]> = {
  runs: [
    'Type a number to open a run or a batch, or one of these and a number: resume, fork, report, score, serve, mark, delete.',
    'With fork, the turn comes last: fork 3 12. With marks: compare, export and a folder, delete, unmark. Also: sort, undo, back.',
  ],
  scenarios: ['Type a number to begin a debate with one, or check and a number.'],
  strategies: ['Type a number to begin a debate with one.'],
  plans: ['Type a number to run a plan, or compare-plan and a number.'],
  bin: ['Type a number to put a run back, or empty-bin.'],
};

function itemSentence({ run, batch, thing }: HomeItem, now: number): string {
  if (run) return sentenceOf(run, now);
  if (batch) return batchSentence(batch);
  return thing ? `${thing.id}, ${thing.trouble ?? thing.title}.` : '';
}

function sentenceOf(run: HomeRun, now: number): string {
  const { name, title, at, convergence, interval, ending, isLive, state, trouble, costUsd, isUnpriced } = run;
  if (state === 'damaged') return `${name} is damaged. ${trouble}`;
  if (state !== 'read') return `${name}, ${state === 'empty' ? 'which holds nothing yet' : 'not read yet'}.`;
  const figure =
    convergence === null ? 'no C yet' : `C ${decimal(convergence)}${interval ? `, ${range(interval)}` : ''}`;
  const end = ending ?? (isLive ? 'running' : 'unfinished');
  const cost = isUnpriced ? 'price unknown' : dollars(costUsd);
  const words = run.isSimulated ? ', simulated: not a language model' : '';
  return `${name}, ${title}, ${dateOf(at, now)}. ${figure}. ${end}. ${cost}, ${run.models}${words}.`;
}

function batchSentence(batch: BatchRow): string {
  const { convergence, isUnpriced, costUsd } = batch.sum;
  const mean = convergence === null ? 'no C yet' : `mean C ${decimal(convergence)}`;
  return `batch ${batch.title}. ${batchCounts(batch)}. ${mean}. ${isUnpriced ? 'price unknown' : dollars(costUsd)}.`;
}

/** What a typed line asks for; `said` of the state answers one that asks for nothing, and `shows` that the list is another. */
export function homeLine(before: HomeState, content: HomeContent, line: string): HomeStep & { shows?: true } {
  const [, word = '', number, rest = ''] = /^\s*([a-z-]*)\s*(\d*)\s*(.*?)\s*$/i.exec(line) ?? [];
  const press = (name: string, from: HomeState) => homeAfter(from, { name, input: '' }, content, page);
  if (before.prompt) return press(/^y(es)?$/i.test(word) ? 'y' : 'escape', before);
  const state: HomeState = { ...before, said: null };
  const asked = word.toLowerCase();
  const section = sections.find((one) => one === asked);
  if (section) return { state: { ...state, section, filter: emptyEditor }, shows: true };
  if (asked === 'help') return { state, shows: true };
  if (asked === 'find') return { state: { ...state, filter: editorWith(`${number}${rest}`) }, shows: true };
  const keys = homeKeysOn(state.section);
  const action = asked === 'back' ? 'close' : asked;
  const bound = keys.find((one) => (asked === '' ? one.keys.includes('return') : one.action === action));
  const item = itemsIn(state, content)[Number(number) - 1];
  const isOfOne = ['open', 'restore', 'mark'].includes(action) || bound?.group.startsWith('this ');
  const isDelete = action === 'delete' && (number !== '' || state.marked.length === 0);
  if (!bound || silent.includes(action) || ((isOfOne || isDelete) && !item)) {
    const what = bound && !silent.includes(action);
    const said = what
      ? `There is no ${number ? `number ${number}` : 'run without a number'}.`
      : `Nothing here is called ${word}.`;
    return { state: { ...state, said } };
  }
  const chosen = item ? { ...state, chosen: { ...state.chosen, [state.section]: item.key } } : state;
  const step = press(bound.keys[0] ?? '', chosen);
  const { prompt } = step.state;
  if (prompt?.type === 'empty-bin') {
    return {
      state: {
        ...step.state,
        said: `Delete ${content.bin.length} for good? Type yes, or anything else to keep them.`,
      },
    };
  }
  if (prompt) {
    const answered = rest === '' ? prompt : { ...prompt, editor: editorWith(rest) };
    const done = press('return', { ...step.state, prompt: answered });
    return { ...done, state: { ...done.state, prompt: null } };
  }
  const isOther =
    step.state.batch !== before.batch ||
    action === 'sort' ||
    textOf(step.state.filter) !== textOf(before.filter);
  const isMark = action === 'mark' || (action === 'unmark' && step.state.said === null);
  const said = isMark ? `${counted(step.state.marked.length, 'run')} marked.` : step.state.said;
  return { ...step, state: { ...step.state, said }, ...(isOther ? { shows: true } : {}) };
}

/** Of the screen alone: there is nothing to see of them in sentences. */
const silent: readonly string[] = [
  ...(['filter', 'tree', 'next-section', 'previous-section', 'down', 'up', 'page-down'] as const),
  ...(['page-up', 'first', 'last', 'palette', 'redraw', 'suspend'] as const),
] satisfies readonly HomeAction[];
