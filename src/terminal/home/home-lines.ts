import { counted, decimal, dollars, grouped, range } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { editorWith } from '../tui/editor.ts';
import type { BatchRow, HomeContent, HomeRun } from './home-content.ts';
import { homeKeysOn } from './home-keys.ts';
import { batchIn, type HomeState, type HomeStep, homeAfter, itemsIn } from './home-state.ts';
import { dateOf } from './run-columns.ts';

/** Runs that are read out at a time. */
const page = 10;

/** Home as sentences, for a screen reader: some runs from a place on, then what can be typed. */
export function homeLines(state: HomeState, content: HomeContent, from: number, now: number): string[] {
  const items = itemsIn(state, content);
  const batch = batchIn(state, content);
  const shown = items.slice(from, from + page);
  const rest = items.length - from - shown.length;
  return [
    batch
      ? `${counted(items.length, 'debate')} of the batch ${batch.title}. Type back to leave it.`
      : `${counted(content.runs.length, 'run')} in ${content.place}, the newest first.`,
    ...shown.map(({ run, batch: row }, index) => {
      return `${from + index + 1}: ${run ? sentenceOf(run, now) : row ? batchSentence(row) : ''}`;
    }),
    rest > 0 ? `${grouped(rest)} more: type more.` : 'That is all.',
    'Type a number to open a run or a batch, or one of these and a number: resume, fork, report, score, serve, delete.',
    'Or type undo, new-debate, more, or leave. With fork, the turn comes last: fork 3 12.',
  ].map(sanitizeLine);
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

function batchSentence({ title, planned, runs, done, failed, running, sum }: BatchRow): string {
  const counts = [
    `${grouped(done)} of ${counted(planned ?? runs.length, 'debate')} done`,
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
    ...(running > 0 ? [`${grouped(running)} running`] : []),
  ];
  const { convergence, isUnpriced, costUsd } = sum;
  const mean = convergence === null ? 'no C yet' : `mean C ${decimal(convergence)}`;
  return `batch ${title}. ${counts.join(', ')}. ${mean}. ${isUnpriced ? 'price unknown' : dollars(costUsd)}.`;
}

/** What a typed line asks for; `said` of the state answers one that asks for nothing. */
export function homeLine(state: HomeState, content: HomeContent, line: string): HomeStep {
  const [, word = '', number, rest = ''] = /^\s*([a-z-]*)\s*(\d*)\s*(.*?)\s*$/.exec(line.toLowerCase()) ?? [];
  const action = word === '' ? 'open' : word === 'back' ? 'close' : word;
  const bound = homeKeysOn(state.section).find((one) => one.action === action);
  const item = itemsIn(state, content)[Number(number) - 1];
  const needsRun = bound?.group === 'this run' || action === 'delete';
  if (!bound || (needsRun && !item)) {
    const said = bound
      ? `There is no run ${number || 'without a number'}.`
      : `Nothing here is called ${word}.`;
    return { state: { ...state, said } };
  }
  const chosen = item ? { ...state, chosen: { ...state.chosen, [state.section]: item.key } } : state;
  const press = (name: string, from: HomeState) => homeAfter(from, { name, input: '' }, content, page);
  const step = press(bound.keys[0] ?? '', chosen);
  const { prompt } = step.state;
  if (prompt === null || prompt.type === 'empty-bin') return step;
  const answered = rest === '' ? prompt : { ...prompt, editor: editorWith(rest) };
  const done = press('return', { ...step.state, prompt: answered });
  return { ...done, state: { ...done.state, prompt: null } };
}
