import { type Binding, helpBinding, paletteBinding, terminalBindings } from '../tui/bindings.ts';
import type { HomeContent, HomeItem, HomeRun, Section } from './home-content.ts';

export type HomeAction =
  | 'open'
  | 'resume'
  | 'fork'
  | 'score'
  | 'report'
  | 'serve'
  | 'compare'
  | 'export'
  | 'delete'
  | 'undo'
  | 'restore'
  | 'empty-bin'
  | 'check'
  | 'run-plan'
  | 'compare-plan'
  | 'new-debate'
  | 'mark'
  | 'unmark'
  | 'filter'
  | 'sort'
  | 'tree'
  | 'next-section'
  | 'previous-section'
  | 'down'
  | 'up'
  | 'page-down'
  | 'page-up'
  | 'first'
  | 'last'
  | 'help'
  | 'palette'
  | 'close'
  | 'redraw'
  | 'suspend'
  | 'leave';

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

const runOf = ({ item }: HomePlace): HomeRun | null => item?.run ?? null;
const hasRun = (place: HomePlace) => (runOf(place) ? null : 'there is no run here');
const hasThing = ({ item }: HomePlace) => (item?.thing ? null : 'there is nothing here');
const isReadable = (place: HomePlace) => {
  const run = runOf(place);
  if (run?.state === 'empty') return 'it holds no event yet';
  return run?.state === 'damaged' ? run.trouble : hasRun(place);
};
/** Endings after which a debate can go on. */
const open: readonly (string | null)[] = [null, 'stopped', 'failed', 'budget'];
const canGoOn = (place: HomePlace) => {
  const run = runOf(place);
  if (run?.isLive) return 'it is running';
  if (run && !open.includes(run.ending)) return `it has ended: ${run.ending}`;
  return isReadable(place);
};
const canFork = (place: HomePlace) =>
  runOf(place)?.turns === 0 ? 'nobody has spoken yet' : isReadable(place);
const hasTwo = ({ marked }: HomePlace) => (marked.length === 2 ? null : 'mark two runs with space first');
const hasMarked = ({ marked }: HomePlace) => (marked.length > 0 ? null : 'mark runs with space first');
const canDelete = (place: HomePlace) => {
  if (!place.content.hasBin) return 'runs of a database stay';
  if (place.marked.length > 0) return null;
  return runOf(place)?.isLive ? 'it is running' : hasRun(place);
};

/** Every key of home, once: what handles keys, the help, the palette and docs/keys.md are made from this. */
export const homeKeys: readonly HomeBinding[] = [
  {
    keys: ['return'],
    label: 'Enter',
    does: 'open the run: read it from its end, or follow it while it runs',
    short: 'open',
    action: 'open',
    group: 'this run',
    on: ['runs'],
    hindrance: isReadable,
  },
  {
    keys: ['return'],
    label: 'Enter',
    does: 'set up a debate with it',
    short: 'debate',
    action: 'new-debate',
    group: 'this scenario',
    on: ['scenarios', 'strategies'],
    hindrance: hasThing,
  },
  {
    keys: ['return'],
    label: 'Enter',
    does: 'run the plan: says what it would take and asks first',
    short: 'run',
    action: 'run-plan',
    group: 'this plan',
    on: ['plans'],
    hindrance: hasThing,
  },
  {
    keys: ['return'],
    label: 'Enter',
    does: 'put the run back where it was',
    short: 'restore',
    action: 'restore',
    group: 'the bin',
    on: ['bin'],
    hindrance: hasRun,
  },
  {
    keys: ['r'],
    label: 'r',
    does: 'resume: let the debate go on',
    short: 'resume',
    action: 'resume',
    group: 'this run',
    on: ['runs'],
    hindrance: canGoOn,
  },
  {
    keys: ['f'],
    label: 'f',
    does: 'fork: let it go on differently from a turn',
    short: 'fork',
    action: 'fork',
    group: 'this run',
    on: ['runs'],
    hindrance: canFork,
  },
  {
    keys: ['p'],
    label: 'p',
    does: 'write a report as a web page',
    short: 'report',
    action: 'report',
    group: 'this run',
    on: ['runs'],
    hindrance: isReadable,
  },
  {
    keys: ['v'],
    label: 'v',
    does: 'view it as a web page that follows it',
    action: 'serve',
    group: 'this run',
    on: ['runs'],
    hindrance: isReadable,
  },
  {
    keys: ['c'],
    label: 'c',
    does: 'score: show who stands where',
    action: 'score',
    group: 'this run',
    on: ['runs'],
    hindrance: (place) => (runOf(place)?.rounds === 0 ? 'no round has been read yet' : isReadable(place)),
  },
  {
    keys: ['d'],
    label: 'd',
    does: 'compare the two marked runs',
    short: 'compare',
    action: 'compare',
    group: 'several runs',
    on: ['runs'],
    hindrance: hasTwo,
  },
  {
    keys: ['e'],
    label: 'e',
    does: 'export the marked runs as training data',
    action: 'export',
    group: 'several runs',
    on: ['runs'],
    hindrance: hasMarked,
  },
  {
    keys: ['space'],
    label: 'space',
    does: 'mark the run, or take the mark away',
    short: 'mark',
    action: 'mark',
    group: 'several runs',
    on: ['runs'],
    hindrance: hasRun,
  },
  {
    keys: ['M'],
    label: 'M',
    does: 'take all marks away',
    action: 'unmark',
    group: 'several runs',
    on: ['runs'],
    hindrance: hasMarked,
  },
  {
    keys: ['x', 'delete'],
    label: 'x',
    does: 'delete the marked runs, or this one, to the bin',
    short: 'delete',
    action: 'delete',
    group: 'several runs',
    on: ['runs'],
    hindrance: canDelete,
  },
  {
    keys: ['u'],
    label: 'u',
    does: 'undo the last deletion',
    action: 'undo',
    group: 'the bin',
    on: ['runs', 'bin'],
    hindrance: ({ hasDeleted }) => (hasDeleted ? null : 'nothing was deleted since home was opened'),
  },
  {
    keys: ['E'],
    label: 'E',
    does: 'empty the bin for good; asks first',
    short: 'empty',
    action: 'empty-bin',
    group: 'the bin',
    on: ['bin'],
    hindrance: ({ content }) => (content.bin.length > 0 ? null : 'the bin is empty'),
  },
  {
    keys: ['c'],
    label: 'c',
    does: 'check the scenario and list its faults',
    short: 'check',
    action: 'check',
    group: 'this scenario',
    on: ['scenarios'],
    hindrance: hasThing,
  },
  {
    keys: ['d'],
    label: 'd',
    does: 'compare the arms of the plan',
    short: 'compare',
    action: 'compare-plan',
    group: 'this plan',
    on: ['plans'],
    hindrance: hasThing,
  },
  {
    keys: ['n'],
    label: 'n',
    does: 'set up a new debate',
    short: 'new',
    action: 'new-debate',
    group: 'list',
    on: ['runs', 'plans', 'bin'],
  },
  { keys: ['/'], label: '/', does: 'filter as you type', short: 'filter', action: 'filter', group: 'list' },
  {
    keys: ['s'],
    label: 's',
    does: 'sort by the newest, name, C, cost or title',
    short: 'sort',
    action: 'sort',
    group: 'list',
    on: ['runs', 'bin'],
  },
  {
    keys: ['t'],
    label: 't',
    does: 'show forks as a tree, or as a list',
    action: 'tree',
    group: 'list',
    on: ['runs'],
  },
  {
    keys: ['tab', 'right', 'l'],
    label: 'Tab →',
    does: 'go to the next section',
    action: 'next-section',
    group: 'list',
  },
  {
    keys: ['shift+tab', 'left', 'h'],
    label: 'Shift+Tab ←',
    does: 'go to the previous section',
    action: 'previous-section',
    group: 'list',
  },
  { keys: ['down', 'j'], label: '↓ j', does: 'go down', action: 'down', group: 'list' },
  { keys: ['up', 'k'], label: '↑ k', does: 'go up', action: 'up', group: 'list' },
  { keys: ['pagedown', 'ctrl+d'], label: 'PgDn', does: 'go a page down', action: 'page-down', group: 'list' },
  { keys: ['pageup', 'ctrl+u'], label: 'PgUp', does: 'go a page up', action: 'page-up', group: 'list' },
  { keys: ['g', 'home'], label: 'g', does: 'go to the first', action: 'first', group: 'list' },
  { keys: ['G', 'end'], label: 'G', does: 'go to the last', action: 'last', group: 'list' },
  helpBinding,
  { ...paletteBinding, short: 'all' },
  { keys: ['escape'], label: 'Esc', does: 'take the filter away', action: 'close', group: 'screen' },
  ...terminalBindings,
  { keys: ['q', 'ctrl+c'], label: 'q', does: 'leave', short: 'leave', action: 'leave', group: 'screen' },
];

/** The bindings of a section. */
export function homeKeysOn(section: Section): readonly HomeBinding[] {
  return homeKeys.filter(({ on }) => on?.includes(section) ?? true);
}

/** Those that can be done now. */
export function homeKeysIn(place: HomePlace): readonly HomeBinding[] {
  return homeKeysOn(place.section).filter(({ hindrance }) => (hindrance?.(place) ?? null) === null);
}
