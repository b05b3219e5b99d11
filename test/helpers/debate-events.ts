import { createHash } from 'node:crypto';
import type { Agenda, Issue } from '../../src/debate/agenda.ts';
import type { CallFailure } from '../../src/debate/calls.ts';
import {
  type DebateEvent,
  type EndReason,
  type EventBody,
  eventSchema,
  formatVersion,
  moderatorId,
} from '../../src/debate/events.ts';
import type { RunSignal } from '../../src/debate/notices.ts';
import { type Random, seededRandom } from '../../src/debate/seeded-random.ts';
import type { CastMember, Settings } from '../../src/debate/setup.ts';
import { plausibleSpeech } from './debate-speeches.ts';
import { plausibleVerdict } from './debate-verdicts.ts';

export interface DebateEventsOptions {
  /** Rounds held; also the round limit unless `settings` says otherwise. */
  rounds?: number;
  seed?: number;
  simulated?: boolean;
  /** Model spec that stands in every call. */
  model?: string;
  /** Words of a speech, about. */
  words?: number;
  settings?: Partial<Settings>;
  /** Private notes with every speech. */
  notes?: boolean;
  /** Without an end the debate is left as a killed one would be. */
  end?: EndReason | null;
  /** Rounds whose reading failed. */
  failedReadings?: readonly number[];
  /** Questions a person asked, by the turn they were asked after. */
  questions?: Readonly<Record<number, string>>;
}

/** The agenda, cast and article of the made-up debate: four neighbours and a reservoir. */
const sampleAgenda: Agenda = [
  issue('release', 'Summer release', 0.3, [1, 2], 'no release', 'half the usual flow', 'the full usual flow'),
  issue('metering', 'Metering', 0.25, [2, 3], 'no meters', 'meters on large farms', 'a meter on every pump'),
  issue('price', 'Price of water', 0.25, [3, 4], 'free', 'a price above a quota', 'the same price for all'),
  issue('oversight', 'Oversight', 0.2, [4, 5], 'none', 'a yearly report', 'a board with a veto'),
];

export const sampleCast: CastMember[] = [
  member('river-authority', 'River authority', 'Authority', true, { release: 5, metering: 5, price: 4 }),
  member('farmers-union', 'Farmers’ union', 'Farmers', true, { release: 1, metering: 1, price: 1 }),
  member('anglers-club', 'Anglers’ club', 'Anglers', false, { release: 6, metering: 4 }),
  member('town-council', 'Town council', 'Council', false, { release: 3, price: 5 }),
];

/** A whole debate as its journal would hold it: every event passes the schema and folds with `apply`. */
export function debateEvents(options: DebateEventsOptions = {}): DebateEvent[] {
  const { rounds = 2, seed = 7, notes = false, words = 60, end = 'round-limit' } = options;
  const random = seededRandom(seed, 'debate-events');
  const call = callMaker(options.model ?? 'simulator', random);
  const bodies: EventBody[] = [startOf(options, rounds, seed)];
  const questions = options.questions ?? {};
  let turn = 0;

  const say = (speaker: string, round: number, kind: 'opening' | 'speech' | 'steering') => {
    turn += 1;
    const length = kind === 'speech' ? words : Math.min(words, 30);
    const text = plausibleSpeech({ random, words: length, passages: 5, earlierTurns: turn - 1 });
    const privately = notes && kind === 'speech' ? plausibleSpeech({ random, words: 15, passages: 5 }) : '';
    bodies.push({
      type: 'turn-ended',
      turn,
      round,
      speaker,
      kind,
      text,
      notes: privately,
      ending: 'complete',
      ...call(length),
    });
    const asked = questions[turn];
    if (asked) bodies.push({ type: 'question-asked', afterTurn: turn, text: asked });
  };

  say(moderatorId, 0, 'opening');
  for (let round = 1; round <= rounds; round++) {
    if (round > 1) say(moderatorId, round, 'steering');
    const firstTurn = turn + 1;
    for (const { id } of sampleCast) say(id, round, 'speech');
    const failed = options.failedReadings?.includes(round) ?? false;
    bodies.push(
      plausibleVerdict({
        round,
        rounds,
        agenda: sampleAgenda,
        cast: sampleCast,
        bodies,
        firstTurn,
        failed,
        calls: [call(90)],
      }),
    );
  }
  if (end !== null) bodies.push(...closing(end, call));
  return bodies.map((body, number) => stamped(body, number));
}

/** The same debate as a run would signal it: each turn started and streamed before it ends. */
export function debateSignals(options: DebateEventsOptions = {}): RunSignal[] {
  return debateEvents(options).flatMap(signalsBefore);
}

/** The signals up to the middle of a turn. */
export function signalsInto(signals: readonly RunSignal[], turn: number): RunSignal[] {
  const start = signals.findIndex(
    (signal) =>
      signal.kind === 'notice' && signal.notice.type === 'turn-started' && signal.notice.turn === turn,
  );
  const end = signals.findIndex(
    (signal) => signal.kind === 'event' && signal.event.type === 'turn-ended' && signal.event.turn === turn,
  );
  return signals.slice(0, start + Math.ceil((end - start) / 2));
}

/** One of three readings that are made at once is to be made again. */
export function readingWaits(number: number, reason: CallFailure, milliseconds: number): RunSignal {
  const part = { number, of: 3 };
  const message = 'openai:x: 429.';
  return {
    kind: 'notice',
    notice: { type: 'waiting', speaker: 'moderator', purpose: 'judge', part, reason, milliseconds, message },
  };
}

/** The notices a run gives before an event, and then the event. */
export function signalsBefore(event: DebateEvent): RunSignal[] {
  const signals: RunSignal[] = [];
  if (event.type === 'turn-ended') {
    const { speaker, round, turn, model } = event;
    const purpose = event.kind === 'opening' ? 'open' : event.kind === 'steering' ? 'steer' : 'speak';
    signals.push({
      kind: 'notice',
      notice: { type: 'turn-started', purpose, speaker, round, turn, model },
    });
    for (const text of event.text.match(/\s*\S+\s*?/gu) ?? []) {
      signals.push({ kind: 'notice', notice: { type: 'turn-delta', speaker, text } });
    }
  }
  if (event.type === 'verdict-given') {
    for (let done = 0; done < event.samples.length; done++) {
      const of = event.samples.length;
      signals.push({ kind: 'notice', notice: { type: 'working', purpose: 'judge', done, of } });
    }
  }
  signals.push({ kind: 'event', event });
  return signals;
}

/** Numbers and dates an event as a journal would, and checks it. */
export function stamped(body: EventBody, number: number): DebateEvent {
  const at = new Date(Date.UTC(2026, 0, 5, 9, 0, number * 4)).toISOString();
  return eventSchema.parse({ ...body, v: formatVersion, number, at });
}

function startOf(options: DebateEventsOptions, rounds: number, seed: number): EventBody {
  const spec = options.model ?? 'simulator';
  const simulated = options.simulated ?? spec === 'simulator';
  const roles = [...sampleCast.map(({ id }) => id), moderatorId, 'judge'];
  return {
    type: 'debate-started',
    debate: '2026-01-05-reservoir',
    parley: '0.1.0',
    scenario: { id: 'reservoir', title: 'Who gets the water of a dry summer?' },
    article: {
      title: 'The reservoir is at a third of its usual level',
      source: 'The Valley Gazette',
      date: '2026-01-03',
      licence: 'written for parley’s tests',
      sha256: sha256('article'),
      passages: passages.map((text, index) => ({ number: index + 1, text })),
    },
    agenda: sampleAgenda,
    cast: sampleCast,
    strategy: 'plain',
    prompts: [{ path: 'strategies/plain.md', sha256: sha256('plain') }],
    models: Object.fromEntries(roles.map((role) => [role, { spec, simulated }])),
    simulated,
    seed,
    settings: {
      rounds,
      order: 'fixed',
      judgeSamples: 3,
      turnTokens: 600,
      temperature: null,
      budgetUsd: null,
      budgetTokens: null,
      stopEarly: true,
      ...options.settings,
    },
    disclaimer: 'An AI simulation. Roles, not people; no statement here was made by anyone.',
  };
}

function closing(reason: EndReason, call: ReturnType<typeof callMaker>): EventBody[] {
  if (reason === 'stopped' || reason === 'failed' || reason === 'budget') {
    return [{ type: 'debate-ended', reason, detail: 'It was stopped before its last round.' }];
  }
  const items = sampleAgenda.map(({ id, title }, index) => ({
    issue: id,
    status: (['agreed', 'conditional', 'open'] as const)[index % 3] ?? 'open',
    text: `${title}: what the parties said of it in the last round.`,
  }));
  return [
    {
      type: 'statement-drafted',
      text: 'The parties agree to share the release and differ on its price.',
      items,
      ...call(80),
    },
    {
      type: 'statement-answered',
      persona: 'river-authority',
      answer: 'signed',
      reason: 'It keeps the summer release.',
      ...call(20),
    },
    {
      type: 'statement-answered',
      persona: 'farmers-union',
      answer: 'refused',
      reason: 'It leaves the price open.',
      ...call(20),
    },
    { type: 'debate-ended', reason, detail: 'All rounds were held.' },
  ];
}

function callMaker(model: string, random: Random) {
  return (words: number) => ({
    model,
    attempts: 1,
    usage: {
      inputTokens: 800 + Math.round(random() * 400),
      outputTokens: Math.round(words * 1.3),
      cachedTokens: 600,
      estimated: false,
    },
    costUsd: model === 'simulator' ? 0 : 0.0012,
    timing: { firstTokenMs: 40, totalMs: 900 },
    promptHash: sha256(String(random())),
  });
}

const passages = [
  'The reservoir above the valley stood at 34 percent on 1 January, the lowest January level since 1976.',
  'The river authority proposed to cut the summer release by half and to meter every pump above 10 kW.',
  'The farmers’ union said that meters would cost its members 2.4 million and that pumping was already down a fifth.',
  'The town council pays 0.62 per cubic metre; farms outside the town pay nothing for the first 400 cubic metres.',
  'An oversight board was promised in 2019 and has met once.',
];

function issue(
  id: string,
  title: string,
  weight: number,
  rests: number[],
  low: string,
  middle: string,
  high: string,
): Issue {
  const anchors = { 0: low, 3: middle, 6: high };
  return { id, title, question: `What is to be done about ${title}?`, weight, anchors, passages: rests };
}

function member(
  id: string,
  name: string,
  short: string,
  principal: boolean,
  opening: Record<string, number>,
): CastMember {
  const redLines = principal
    ? [
        {
          issue: 'price',
          min: id === 'farmers-union' ? 0 : 2,
          max: id === 'farmers-union' ? 3 : 6,
          text: 'Not beyond this price.',
        },
      ]
    : [];
  return { id, name, short, principal, redLines, opening };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
