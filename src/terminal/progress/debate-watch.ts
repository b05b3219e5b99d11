import type { Purpose } from '../../debate/calls.ts';
import type { Clock } from '../../debate/clock.ts';
import { type DebateEvent, type EventOf, moderatorId } from '../../debate/events.ts';
import type { Notice, RunSignal } from '../../debate/notices.ts';
import { callsOfEvent } from '../../debate/totals.ts';
import type { Doing, RunningDebate } from './progress-state.ts';

/** What tells a debate from the others. */
export interface DebateLabel {
  /** Name of its run. */
  debate: string;
  label: string;
  wholeLabel: string;
}

/** One debate as its signals tell of it. */
export interface DebateWatch {
  take(signal: RunSignal): void;
  readonly seen: RunningDebate;
  /** What this run of it has used. */
  readonly used: { readonly calls: number; readonly usd: number; readonly tokens: number };
  /** Why it ended; null where it did not. */
  readonly ending: EventOf<'debate-ended'>['reason'] | null;
}

export interface DebateWatchOptions extends DebateLabel {
  /** Events before this number are history: they tell where it stands, and were paid for before. */
  firstEvent: number;
  clock: Pick<Clock, 'now'>;
  /** A call of this run is over. */
  onCall(): void;
}

/** Follows one debate. Every token of every debate comes by here: what it costs is a look at two fields and a sum. */
export function createDebateWatch(options: DebateWatchOptions): DebateWatch {
  const { debate, label, wholeLabel, firstEvent, clock, onCall } = options;
  const startedAt = clock.now();
  const used = { calls: 0, usd: 0, tokens: 0 };
  const names = new Map<string, string>([[moderatorId, 'Moderator']]);
  let models: EventOf<'debate-started'>['models'] = {};
  let [round, rounds, turn] = [0, 0, 0];
  let doing: Doing = { type: 'beginning' };
  let characters = 0;
  let ending: DebateWatch['ending'] = null;

  const nameOf = (speaker: string) => names.get(speaker) ?? speaker;
  const providerOf = ({ speaker, purpose }: { speaker: string; purpose?: Purpose }) => {
    const model = purpose === 'judge' ? models['judge'] : models[speaker];
    return model?.spec.split(':')[0] ?? 'the provider';
  };

  const count = (event: DebateEvent) => {
    for (const { usage, costUsd } of callsOfEvent(event)) {
      used.calls += 1;
      used.usd += costUsd ?? 0;
      used.tokens += usage.inputTokens + usage.outputTokens;
      onCall();
    }
  };
  const takeEvent = (event: DebateEvent) => {
    if (event.number >= firstEvent) count(event);
    switch (event.type) {
      case 'debate-started':
        for (const { id, short } of event.cast) names.set(id, short);
        ({ models } = event);
        ({ rounds } = event.settings);
        return;
      case 'debate-resumed':
        ({ models } = event);
        ({ rounds } = event.settings);
        ending = null;
        return;
      case 'turn-ended':
        ({ turn, round } = event);
        break;
      case 'attempt-failed':
        return;
      case 'debate-ended':
        ending = event.reason;
        break;
      default:
    }
    doing = { type: 'between' };
  };
  const takeNotice = (notice: Notice) => {
    switch (notice.type) {
      case 'turn-delta':
        characters += notice.text.length;
        if (doing.type === 'asked' || doing.type === 'waiting') doing = streamed(notice.speaker);
        return;
      case 'turn-started':
        characters = 0;
        if (notice.round > round) round = notice.round;
        doing = {
          type: 'asked',
          speaker: nameOf(notice.speaker),
          purpose: notice.purpose,
          since: clock.now(),
        };
        return;
      case 'reply-dropped':
        characters = 0;
        return;
      case 'waiting': {
        const { reason, milliseconds } = notice;
        doing = { type: 'waiting', provider: providerOf(notice), reason, until: clock.now() + milliseconds };
        return;
      }
      case 'working':
        // One of the calls that are made at once is over; another still waits.
        if (doing.type === 'waiting' && clock.now() < doing.until) return;
        doing = { type: 'working', purpose: notice.purpose, done: notice.done, of: notice.of };
        return;
      default:
    }
  };
  const streamed = (speaker: string): Doing => {
    const purpose = doing.type === 'asked' ? doing.purpose : 'speak';
    return { type: 'streaming', speaker: nameOf(speaker), purpose, characters };
  };

  return {
    take(signal) {
      if (signal.kind === 'notice') takeNotice(signal.notice);
      else takeEvent(signal.event);
    },
    get seen() {
      const now = doing.type === 'streaming' ? { ...doing, characters } : doing;
      return { debate, label, wholeLabel, startedAt, round, rounds, turn, doing: now };
    },
    used,
    get ending() {
      return ending;
    },
  };
}
