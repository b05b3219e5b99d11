import type { Purpose } from '../../debate/calls.ts';
import { apply, type Debate } from '../../debate/debate.ts';
import type { DebateEvent, EventOf } from '../../debate/events.ts';
import type { Notice, RunSignal } from '../../debate/notices.ts';
import { latestReading } from '../latest-reading.ts';
import { stillRunning, type Wait, withWait } from '../waits.ts';

/** A reply that is being written. */
export interface LiveTurn {
  readonly speaker: string;
  readonly round: number;
  readonly turn: number | null;
  readonly model: string;
  readonly purpose: Purpose;
  /** All that came so far, as it came: not yet safe to show. */
  readonly reply: string;
}

/** What is being done now. Times are milliseconds of the clock handed in. */
type Activity =
  | { readonly type: 'starting' }
  | { readonly type: 'speaking'; readonly speaker: string; readonly purpose: Purpose; readonly since: number }
  | { readonly type: 'working'; readonly purpose: Purpose; readonly done: number; readonly of: number }
  /** Calls that are made at once may wait together; the latest comes last. */
  | { readonly type: 'waiting'; readonly waits: readonly Wait[] }
  /** Nobody is called: the words of the person who holds the seat are awaited. */
  | { readonly type: 'awaiting'; readonly persona: string; readonly isDrafting: boolean }
  | { readonly type: 'between' };

export type SeatTurnNotice = Extract<Notice, { type: 'seat-turn' }>;

/** All that the run has told so far. */
export interface Feed {
  readonly debate: Debate | null;
  readonly entries: readonly Entry[];
  readonly live: LiveTurn | null;
  readonly activity: Activity;
  /** A pause that was asked for takes hold once what is under way is done. */
  readonly hold: 'none' | 'pausing' | 'paused';
  /** Personas whose seats people hold. */
  readonly seats: readonly string[];
  /** The turn for which a person's words are awaited. */
  readonly awaited: SeatTurnNotice | null;
  /** Share of the budget used, once it is near its end. */
  readonly budgetShare: number | null;
  /** Models whose servers never say why a reply ends. */
  readonly unexplained: readonly string[];
  /** When the run began, when it was paused, and how long it has been paused before. */
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly pausedFor: number;
}

export function emptyFeed(now: number): Feed {
  return {
    debate: null,
    entries: [],
    live: null,
    activity: { type: 'starting' },
    hold: 'none',
    seats: [],
    awaited: null,
    budgetShare: null,
    unexplained: [],
    startedAt: now,
    stoppedAt: null,
    pausedFor: 0,
  };
}

/** Folds one more signal in. Event number 0 begins anew, as a replay that jumps does. */
export function feedWith(feed: Feed, signal: RunSignal, now: number): Feed {
  return signal.kind === 'event' ? withEvent(feed, signal.event, now) : withNotice(feed, signal.notice, now);
}

/** Milliseconds the run has been under way, pauses left out; stands still once it is paused or over. */
export function elapsed(feed: Feed, now: number): number {
  return (feed.stoppedAt ?? now) - feed.startedAt - feed.pausedFor;
}

function withEvent(feed: Feed, event: DebateEvent, now: number): Feed {
  const isAnew = event.number === 0;
  const debate = apply(isAnew ? null : feed.debate, event);
  const entry = entryOf(event, debate);
  const before = isAnew ? [] : feed.entries;
  const next = { ...feed, debate, entries: entry ? [...before, entry] : before };
  switch (event.type) {
    case 'turn-ended':
    case 'caucus-spoken':
      return { ...next, ...silent };
    case 'debate-ended':
      return { ...next, ...silent, stoppedAt: feed.stoppedAt ?? now };
    case 'attempt-failed':
    case 'speech-drafted':
      return next;
    default:
      return { ...next, live: null, activity: isAnew ? { type: 'starting' } : { type: 'between' } };
  }
}

const silent = { live: null, awaited: null, activity: { type: 'between' } } as const;

function withNotice(feed: Feed, notice: Notice, now: number): Feed {
  switch (notice.type) {
    case 'turn-started': {
      const { speaker, round, turn, model, purpose } = notice;
      return {
        ...feed,
        live: { speaker, round, turn, model, purpose, reply: '' },
        activity: { type: 'speaking', speaker, purpose, since: now },
      };
    }
    case 'turn-delta': {
      if (feed.live?.speaker !== notice.speaker) return feed;
      const live = { ...feed.live, reply: feed.live.reply + notice.text };
      if (feed.activity.type !== 'waiting') return { ...feed, live };
      const purpose = feed.activity.waits.at(-1)?.purpose ?? 'speak';
      return { ...feed, live, activity: { type: 'speaking', speaker: notice.speaker, purpose, since: now } };
    }
    case 'reply-dropped':
      return feed.live ? { ...feed, live: { ...feed.live, reply: '' } } : feed;
    case 'waiting': {
      const earlier = feed.activity.type === 'waiting' ? feed.activity.waits : [];
      return { ...feed, activity: { type: 'waiting', waits: withWait(earlier, notice, now) } };
    }
    case 'working': {
      const { purpose, done, of } = notice;
      // One of the calls that are made at once is done; another still waits.
      const waits = feed.activity.type === 'waiting' ? stillRunning(feed.activity.waits, now) : [];
      if (waits.some((wait) => wait.purpose === purpose)) return feed;
      return { ...feed, activity: { type: 'working', purpose, done, of } };
    }
    case 'budget-near':
      return { ...feed, budgetShare: notice.usedShare };
    case 'server-noted':
      return { ...feed, unexplained: [...feed.unexplained, notice.model] };
    case 'pausing':
      return { ...goingOn(feed, now), hold: 'pausing' };
    case 'paused':
      return { ...feed, hold: 'paused', stoppedAt: feed.stoppedAt ?? now };
    case 'continued':
      return { ...goingOn(feed, now), hold: 'none' };
    case 'seat-taken':
      return { ...feed, seats: [...feed.seats.filter((one) => one !== notice.persona), notice.persona] };
    case 'seat-given-back': {
      const seats = feed.seats.filter((one) => one !== notice.persona);
      return { ...feed, seats, awaited: feed.awaited?.persona === notice.persona ? null : feed.awaited };
    }
    case 'seat-turn': {
      const { persona } = notice;
      return { ...feed, awaited: notice, activity: { type: 'awaiting', persona, isDrafting: false } };
    }
    case 'seat-draft': {
      if (feed.awaited?.persona !== notice.persona) return feed;
      const isDrafting = notice.state === 'writing';
      return { ...feed, activity: { type: 'awaiting', persona: notice.persona, isDrafting } };
    }
  }
}

/** The clock runs again, unless all is over. */
function goingOn(feed: Feed, now: number): Feed {
  if (feed.debate?.ended || feed.stoppedAt === null) return feed;
  return { ...feed, stoppedAt: null, pausedFor: feed.pausedFor + now - feed.stoppedAt };
}

/** Something in the exchange, in the order it happened. */
export interface Entry {
  readonly event: DebateEvent;
  /** Change of the headline that a verdict brought, in shares; null for all else. */
  readonly change: number | null;
}

/** What an event adds to the exchange; null for events that show elsewhere. */
function entryOf(event: DebateEvent, debate: Debate): Entry | null {
  if (event.type === 'speaker-picked' || event.type === 'speech-drafted') return null;
  if (event.type === 'poll-answered' && !isLastOfPoll(event, debate)) return null;
  const change = event.type === 'verdict-given' ? (latestReading(debate)?.change ?? null) : null;
  return { event, change };
}

/** A poll shows as one entry, once everybody has answered. */
function isLastOfPoll({ round }: EventOf<'poll-answered'>, { polls, started }: Debate): boolean {
  return polls.filter((poll) => poll.round === round).length === started.cast.length;
}

/** The words of an entry, for search and for copying. */
export function wordsOf({ event }: Entry): string {
  switch (event.type) {
    case 'turn-ended':
    case 'caucus-spoken':
    case 'question-asked':
    case 'statement-drafted':
      return event.text;
    case 'statement-answered':
      return event.reason;
    case 'attempt-failed':
      return event.message;
    case 'debate-ended':
      return event.detail;
    default:
      return '';
  }
}
