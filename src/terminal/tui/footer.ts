import { type Debate, nameOf } from '../../debate/debate.ts';
import { currentRound, next } from '../../debate/next.ts';
import { because, callOf, doing, endedAs } from '../../debate/phrases.ts';
import { change, clockTime, count, decimal, dollars, duration, percent, range } from '../../text/figures.ts';
import { latestReading } from '../latest-reading.ts';
import { issueTitle, personOf } from '../persona.ts';
import { stillRunning, type Wait, waitingTogether } from '../waits.ts';
import { hintSpans } from './bindings.ts';
import { elapsed, type Feed } from './feed.ts';
import { noticeIn } from './header.ts';
import { type ActionName, keysFor } from './keys.ts';
import type { Layout } from './layout.ts';
import { columnsOf, fitted, justified, type Row, rowWidth, type Span, span } from './span.ts';
import { keyPlaceOf, type Screen, type StatusPart } from './view.ts';

/** Narrower status lines use short names. */
const roomForNames = 64;

/** What is being done and what it has used; below it the keys, where there is room. */
export function footerRows(screen: Screen, layout: Layout): Row[] {
  const status = statusRow(screen, layout.columns);
  if (layout.footer === 1) return [status];
  return [[span('─'.repeat(layout.columns), 'faint')], status, hintRow(screen, layout.columns)];
}

function statusRow(screen: Screen, columns: number): Row {
  const { feed, view, now } = screen;
  const toast = view.toast && view.toast.until > now ? view.toast.text : null;
  const said: Row = [span(' '), ...(toast === null ? activityOf(screen, columns) : [span(toast, 'accent')])];
  // What was just said, and whose call waits and why, are worth more than what was used so far.
  const most = toast !== null ? 1 : feed.activity.type === 'waiting' ? 0.8 : 0.5;
  const right = usedBy(screen, columns - Math.min(rowWidth(said), Math.floor(columns * most)));
  return fitted(justified(withoutAside(said, columns - rowWidth(right) - 1), right, columns), columns);
}

/** What is only said by the way goes where there is no room for it, rather than half of it. */
function withoutAside(row: Row, columns: number): Row {
  const isAside = row.length > 2 && row.at(-1)?.meaning === 'muted';
  return isAside && rowWidth(row) > columns ? row.slice(0, -1) : row;
}

function activityOf({ feed, view, now, isReplay, isPaced }: Screen, columns: number): Span[] {
  const { debate, activity } = feed;
  if (!debate) return [span('starting…', 'muted')];
  if (debate.ended)
    return [span('■ ', 'accent'), span(`${endedAs[debate.ended.reason]}. q leaves.`, 'strong')];
  if (view.isLeaving)
    return [span('saving and stopping…', 'caution'), span('  Ctrl+C again leaves at once', 'muted')];
  if (feed.hold === 'paused') return [span('❚❚ paused', 'caution'), span('  space continues', 'muted')];
  const speed = isPaced && (isReplay || view.speed !== 1) ? [span(`▶ ${view.speed}×  `, 'muted')] : [];
  const pausing = feed.hold === 'pausing' ? [span(`${pausingAfter(activity)}  `, 'caution')] : [];
  const isWriting = view.overlay.type === 'seat';
  return [...speed, ...pausing, ...doingNow(debate, feed, { now, columns, isWriting })];
}

/** What a pause waits for. */
function pausingAfter({ type }: Feed['activity']): string {
  return `❚❚ pausing after this ${type === 'speaking' ? 'turn' : type === 'working' ? 'reading' : 'step'}`;
}

function doingNow(
  debate: Debate,
  { activity, seats }: Feed,
  { now, columns, isWriting }: { now: number; columns: number; isWriting: boolean },
): Span[] {
  const nameFor = (speaker: string) =>
    columns < roomForNames ? personOf(debate, speaker).short : nameOf(debate, speaker);
  switch (activity.type) {
    case 'starting':
    case 'between':
      return [span(nextUp(debate, seats), 'muted')];
    case 'speaking': {
      const model = debate.models[activity.speaker]?.spec ?? '';
      return [
        span(`${nameFor(activity.speaker)} is ${doing[activity.purpose]}`, 'strong'),
        span(model === '' ? '' : `  ${model}`, 'muted'),
      ];
    }
    case 'awaiting': {
      const doing = activity.isDrafting ? 'a model drafts for' : 'your words for';
      const hint = isWriting ? [] : [span('  Enter writes', 'muted')];
      return [span(`${doing} ${nameFor(activity.persona)}`, 'strong'), ...hint];
    }
    case 'working': {
      const part = activity.of > 1 ? ` ${Math.min(activity.done + 1, activity.of)} of ${activity.of}` : '';
      return [span(`${doing[activity.purpose]}${part}`, 'strong')];
    }
    case 'waiting':
      return waiting(activity.waits, debate, now, nameFor);
  }
}

function waiting(
  waits: readonly Wait[],
  debate: Debate,
  now: number,
  nameFor: (speaker: string) => string,
): Span[] {
  const running = stillRunning(waits, now);
  if (running.length > 1) {
    const [calls, why] = waitingTogether(running, debate, now);
    return [span(calls, 'caution'), span(` ${why}`)];
  }
  const wait = running[0] ?? waits.at(-1);
  if (!wait) return [];
  const left = wait.until - now;
  const call = callOf(nameFor(wait.speaker), wait.purpose, wait.part);
  if (left <= 0) return [span('trying again', 'strong'), span(`  ${call}`, 'muted')];
  return [
    span(`trying again in ${duration(Math.ceil(left / 1000) * 1000)}`, 'caution'),
    span(`  ${call}: ${because[wait.reason]}`),
  ];
}

/** What comes next, in the words of the status line. */
function nextUp(debate: Debate, seats: readonly string[]): string {
  const action = next(debate);
  switch (action.type) {
    case 'speak': {
      const isOwn = seats.includes(action.persona);
      return `${nameOf(debate, action.persona)} is next${isOwn ? ', and you speak for it' : ''}`;
    }
    case 'answer':
      return `${nameOf(debate, action.persona)} answers next`;
    case 'trace':
    case 'poll':
    case 'open':
    case 'judge':
    case 'steer':
    case 'draft':
      return doing[action.type];
    case 'call-caucus':
      return doing['caucus-call'];
    case 'read-caucus':
      return doing['caucus-read'];
    case 'pick':
      return 'the next speaker is to be picked';
    case 'caucus':
      return `${nameOf(debate, action.speaker)} speaks to ${nameOf(debate, action.to)} in private next`;
    case 'end':
    case 'nothing':
      return 'ending';
  }
}

const statusParts: Record<StatusPart, (screen: Screen, debate: Debate) => string> = {
  time: ({ now, feed }) => clockTime(elapsed(feed, now)),
  cost: (_, { totals, settings }) => {
    const about = totals.unpricedCalls > 0 ? '≥' : totals.isEstimated ? '~' : '';
    const limit = settings.budgetUsd === null ? '' : ` of ${dollars(settings.budgetUsd)}`;
    return `${about}${dollars(totals.costUsd)}${limit}`;
  },
  tokens: (_, { totals, settings }) => {
    const used = count(totals.inputTokens + totals.outputTokens);
    const limit = settings.budgetTokens === null ? '' : ` of ${count(settings.budgetTokens)}`;
    return `${totals.isEstimated ? '~' : ''}${used}${limit} tokens`;
  },
  turn: (_, { turns }) => `T${turns.length}`,
  round: (_, debate) => `round ${currentRound(debate)} of ${debate.settings.rounds}`,
  C: (_, debate) => `C ${decimal(latestReading(debate)?.convergence.principals ?? null)}`,
  change: (_, debate) => {
    const by = latestReading(debate)?.change ?? null;
    return by === null ? '' : `C ${change(by)}`;
  },
  interval: (_, debate) => {
    const interval = latestReading(debate)?.convergence.interval ?? null;
    return interval === null ? '' : range(interval);
  },
  /** The issue on which those who could sign stand furthest apart. */
  gap: (_, debate) => {
    const convergence = latestReading(debate)?.convergence;
    const widest = convergence?.byIssue.find(
      ({ principals }) => principals !== null && principals === convergence.min,
    );
    return widest ? `gap: ${issueTitle(debate, widest.issue)} ${decimal(widest.principals)}` : '';
  },
  coverage: (_, debate) => {
    const convergence = latestReading(debate)?.convergence;
    return convergence ? `${percent(convergence.coverage)} read` : '';
  },
};

/** The most telling last, where it stays longest. */
const usualParts: readonly StatusPart[] = ['turn', 'tokens', 'cost', 'time'];

/** What was used and where it stands, in the order asked for; as many from the end as fit. */
function usedBy(screen: Screen, columns: number): Row {
  const { feed, status } = screen;
  const { debate } = feed;
  if (!debate) return [];
  const near = feed.budgetShare === null ? [] : [span(`budget ${percent(feed.budgetShare)}`, 'alarm')];
  // That an end may be a cut which its server did not notice.
  const unexplained = feed.unexplained.length === 0 ? [] : [span('no finish reasons', 'caution')];
  const parts: Span[] = [
    ...near,
    ...unexplained,
    ...(status ?? usualParts)
      .map((name) => span(statusParts[name](screen, debate), 'muted'))
      .filter(({ text }) => text !== '')
      .reverse(),
  ];
  const kept: Span[] = [];
  let room = columns - 4;
  for (const part of parts) {
    const size = columnsOf(part.text) + 3;
    if (size > room) break;
    kept.unshift(part);
    room -= size;
  }
  return [...kept.flatMap((part, index) => (index === 0 ? [part] : [span(' · ', 'faint'), part])), span(' ')];
}

/** The keys worth a reminder, the most needed first, each in a word. */
const hints: readonly (readonly [ActionName, string])[] = [
  ['help', 'help'],
  ['quit', 'quit'],
  ['palette', 'all'],
  ['pause', 'pause'],
  ['write', 'write'],
  ['seat', 'take or give back the seat'],
  ['ask', 'ask'],
  ['faster', 'faster'],
  ['step', 'step'],
  ['evidence', 'evidence'],
  ['search', 'search'],
  ['zoom', 'zoom'],
];

function hintRow(screen: Screen, columns: number): Row {
  const notice: Row = [span(`${noticeIn(Math.floor(columns * 0.42))} `, 'muted')];
  // While a speech is written every key types; those that do more stand in the editor's frame.
  if (screen.view.overlay.type === 'seat') return fitted(justified([], notice, columns), columns);
  const keys = keysFor(keyPlaceOf(screen));
  const shown = keys.flatMap(({ action, label }) => {
    const at = hints.findIndex(([one]) => one === action);
    return at < 0 ? [] : [{ label, word: hints[at]?.[1] ?? '', at }];
  });
  const inOrder = hintSpans(shown, columns - rowWidth(notice) - 2, (at) => shown[at]?.at ?? 0);
  return fitted(justified([span(' '), ...inOrder], notice, columns), columns);
}
