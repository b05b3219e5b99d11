import { type Binding, bindingsOf, helpBinding, paletteBinding, terminalBindings } from '../tui/bindings.ts';
import type { HomeContent, HomeItem, HomeRun, Section } from './home-content.ts';

export type HomeAction =
  | ('open' | 'resume' | 'fork' | 'score' | 'report' | 'serve' | 'compare' | 'export' | 'new-debate')
  | ('delete' | 'undo' | 'restore' | 'empty-bin' | 'check' | 'run-plan' | 'compare-plan')
  | ('mark' | 'unmark' | 'filter' | 'sort' | 'tree' | 'next-section' | 'previous-section')
  | ('down' | 'up' | 'page-down' | 'page-up' | 'first' | 'last')
  | ('help' | 'palette' | 'close' | 'redraw' | 'suspend' | 'leave');

/** Where a key is pressed at home. */
export interface HomePlace {
  readonly section: Section;
  readonly content: HomeContent;
  /** The row that is chosen; null in an empty list. */
  readonly item: HomeItem | null;
  /** Runs that are marked. */
  readonly marked: readonly string[];
  /** Is there anything to take back? */
  readonly hasDeleted: boolean;
  /** Is only a part of the list seen: what a filter lets through, or one batch? */
  readonly isNarrowed: boolean;
}

export interface HomeBinding extends Binding<HomeAction> {
  readonly group: 'this run' | 'this scenario' | 'this plan' | 'several runs' | 'the bin' | 'list' | 'screen';
  /** A word for the footer. */
  readonly short?: string;
  /** Sections where it works; all unless said. */
  readonly on?: readonly Section[];
  /** Why it cannot be done to what is chosen now; null where it can. */
  readonly hindrance?: (place: HomePlace) => string | null;
}

type Hindrance = NonNullable<HomeBinding['hindrance']>;
const runOf = ({ item }: HomePlace): HomeRun | null => item?.run ?? null;
const hasRun: Hindrance = (place) => {
  if (place.item?.batch) return 'this is a batch: Enter opens it, and its debates are chosen there';
  return runOf(place) ? null : 'there is no run here';
};
const hasItem: Hindrance = ({ item }) => (item ? null : 'there is no run here');
const hasThing: Hindrance = ({ item }) => (item?.thing ? null : 'there is nothing here');
const isReadable: Hindrance = (place) => {
  const run = runOf(place);
  if (run?.state === 'empty') return 'it holds no event yet';
  return run?.state === 'damaged' ? run.trouble : hasRun(place);
};
/** Endings after which a debate can go on. */
const open: readonly (string | null)[] = [null, 'stopped', 'failed', 'budget'];
const canGoOn: Hindrance = (place) => {
  const run = runOf(place);
  if (place.item?.batch) return 'a batch goes on where its plan is run again, from plans';
  if (run?.isLive) return 'it is running';
  if (run && !open.includes(run.ending)) return `it has ended: ${run.ending}; f forks it`;
  return isReadable(place);
};
const canOpen: Hindrance = (place) => (place.item?.batch ? null : isReadable(place));
const canFork: Hindrance = (place) =>
  runOf(place)?.turns === 0 ? 'nobody has spoken yet' : isReadable(place);
const canScore: Hindrance = (place) =>
  runOf(place)?.rounds === 0 ? 'no round has been read yet' : isReadable(place);
const hasTwo: Hindrance = ({ marked }) =>
  marked.length === 2 ? null : `mark two runs with space first (${marked.length} marked)`;
const hasMarked: Hindrance = ({ marked }) => (marked.length > 0 ? null : 'mark runs with space first');
const canDelete: Hindrance = (place) => {
  if (!place.content.hasBin) return 'runs of a database have no bin: they stay';
  if (place.marked.length > 0) return null;
  if (place.item?.batch) return 'mark its debates with space first, then x deletes them';
  return runOf(place)?.isLive ? 'it is running' : hasRun(place);
};

/** Every key of home, once: what handles keys, the help, the palette and docs/keys.md are made from this. */
export const homeKeys: readonly HomeBinding[] = [
  ...bindingsOf<HomeBinding>(
    'this run',
    [
      [
        'return',
        'open',
        'open the run or the batch; a run that goes on is followed',
        { short: 'open', hindrance: canOpen },
      ],
      ['r', 'resume', 'resume: let the debate go on', { short: 'resume', hindrance: canGoOn }],
      ['f', 'fork', 'fork: let it go on differently from a turn', { short: 'fork', hindrance: canFork }],
      ['p', 'report', 'write a report as a web page', { short: 'report' }],
      ['v', 'serve', 'view it as a web page that follows it'],
      ['c', 'score', 'score: show who stands where', { hindrance: canScore }],
    ],
    { on: ['runs'], hindrance: isReadable },
  ),
  ...bindingsOf<HomeBinding>(
    'several runs',
    [
      ['d', 'compare', 'compare the two marked runs', { short: 'compare', hindrance: hasTwo }],
      ['e', 'export', 'export the marked runs as training data', { short: 'export', hindrance: hasMarked }],
      ['space', 'mark', 'mark the run, or take the mark away', { short: 'mark', hindrance: hasItem }],
      ['M', 'unmark', 'take all marks away', { hindrance: hasMarked }],
      ['x delete', 'delete', 'delete the marked runs, or this one, to the bin', { short: 'delete' }],
    ],
    { on: ['runs'], hindrance: canDelete },
  ),
  ...bindingsOf<HomeBinding>('the bin', [
    [
      'return',
      'restore',
      'put the run back where it was',
      { short: 'restore', on: ['bin'], hindrance: hasRun },
    ],
    [
      'u',
      'undo',
      'undo the last deletion',
      {
        on: ['runs', 'bin'],
        hindrance: ({ hasDeleted }) => (hasDeleted ? null : 'nothing was deleted since home was opened'),
      },
    ],
    [
      'E',
      'empty-bin',
      'empty the bin for good; asks first',
      {
        short: 'empty',
        on: ['bin'],
        hindrance: ({ content }) => (content.bin.length > 0 ? null : 'the bin is empty'),
      },
    ],
  ]),
  ...bindingsOf<HomeBinding>(
    'this scenario',
    [
      [
        'return',
        'new-debate',
        'set up a debate with it',
        { short: 'debate', on: ['scenarios', 'strategies'] },
      ],
      ['c', 'check', 'check the scenario and list its faults', { short: 'check' }],
    ],
    { on: ['scenarios'], hindrance: hasThing },
  ),
  ...bindingsOf<HomeBinding>(
    'this plan',
    [
      ['return', 'run-plan', 'run the plan: says what it would take and asks first', { short: 'run' }],
      ['d', 'compare-plan', 'compare the arms of the plan', { short: 'compare' }],
    ],
    { on: ['plans'], hindrance: hasThing },
  ),
  ...bindingsOf<HomeBinding>('list', [
    ['n', 'new-debate', 'set up a new debate', { short: 'new', on: ['runs', 'plans', 'bin'] }],
    ['/', 'filter', 'filter as you type', { short: 'filter' }],
    ['s', 'sort', 'sort by the newest, name, C, cost or title', { short: 'sort', on: ['runs', 'bin'] }],
    ['t', 'tree', 'show forks as a tree, or as a list', { on: ['runs'] }],
    ['tab right l', 'next-section', 'go to the next section', { label: 'Tab →' }],
    ['shift+tab left h', 'previous-section', 'go to the previous section', { label: 'Shift+Tab ←' }],
    ['down j', 'down', 'go down', { label: '↓ j' }],
    ['up k', 'up', 'go up', { label: '↑ k' }],
    ['pagedown ctrl+d', 'page-down', 'go a page down'],
    ['pageup ctrl+u', 'page-up', 'go a page up'],
    ['g home', 'first', 'go to the first'],
    ['G end', 'last', 'go to the last'],
  ]),
  helpBinding,
  { ...paletteBinding, short: 'all' },
  ...bindingsOf<HomeBinding>('screen', [
    [
      'escape',
      'close',
      'take the filter away, then leave the batch',
      {
        short: 'back',
        hindrance: ({ isNarrowed }) => (isNarrowed ? null : 'everything is shown already; q leaves'),
      },
    ],
  ]),
  ...terminalBindings,
  ...bindingsOf<HomeBinding>('screen', [['q ctrl+c', 'leave', 'leave', { short: 'leave' }]]),
];

/** The bindings of a section. */
export function homeKeysOn(section: Section): readonly HomeBinding[] {
  return homeKeys.filter(({ on }) => on?.includes(section) ?? true);
}

/** Those that can be done now. */
export function homeKeysIn(place: HomePlace): readonly HomeBinding[] {
  return homeKeysOn(place.section).filter(({ hindrance }) => (hindrance?.(place) ?? null) === null);
}

/** What a person wants done at home; the screen is left for all of it. */
export type HomeIntent =
  | { type: 'open' | 'resume' | 'score' | 'serve'; run: string; isLive: boolean }
  | { type: 'fork'; run: string; turn: number }
  | { type: 'report'; run: string; file: string }
  | { type: 'compare'; runs: readonly [string, string] }
  | { type: 'export'; runs: readonly string[]; folder: string; hasSimulated: boolean }
  | { type: 'check'; folder: string }
  | { type: 'run-plan' | 'compare-plan'; plan: string }
  | { type: 'new-debate'; scenario: string | null; strategy: string | null }
  | { type: 'leave' };

/** What is done without leaving the screen. */
export type HomeChange =
  | { type: 'delete' | 'restore'; runs: readonly string[] }
  | { type: 'empty-bin' }
  | { type: 'suspend' }
  | { type: 'redraw' };
