import type { BodyOf, DebateEvent, EventBody } from '../../src/debate/events.ts';
import type { Settings } from '../../src/debate/setup.ts';

/** Bodies for hand-made debates: small, valid, and with nothing in them that a test does not set. */
const hash = 'a'.repeat(64);

const settings: Settings = {
  rounds: 3,
  order: 'fixed',
  judgeSamples: 3,
  turnTokens: 200,
  temperature: null,
  budgetUsd: null,
  budgetTokens: null,
  stopEarly: true,
};

export const call = {
  model: 'simulator',
  attempts: 1,
  usage: { inputTokens: 100, outputTokens: 20, cachedTokens: 0, estimated: false },
  costUsd: 0.01,
  timing: { firstTokenMs: 1, totalMs: 2 },
  promptHash: hash,
};

export function started(
  changes: Partial<Settings> = {},
  cast: readonly string[] = ['ann', 'bo', 'cy'],
): BodyOf<'debate-started'> {
  return {
    type: 'debate-started',
    debate: 'small',
    parley: '0.0.0',
    scenario: { id: 'small', title: 'Small' },
    article: {
      title: 'A',
      source: 'B',
      date: '',
      licence: '',
      sha256: hash,
      passages: [{ number: 1, text: 'One passage.' }],
    },
    agenda: [
      {
        id: 'price',
        title: 'Price',
        question: 'What price?',
        weight: 1,
        anchors: { 0: 'low', 3: 'middle', 6: 'high' },
        passages: [1],
      },
    ],
    cast: cast.map((id, index) => ({
      id,
      name: id.toUpperCase(),
      short: id,
      principal: index < 2,
      redLines: [],
      opening: {},
    })),
    strategy: 'plain',
    prompts: [],
    models: {},
    simulated: true,
    seed: 7,
    settings: { ...settings, ...changes },
    disclaimer: 'Simulated by AI.',
  };
}

export function turn(
  number: number,
  round: number,
  speaker: string,
  kind: 'opening' | 'speech' | 'steering' = 'speech',
): BodyOf<'turn-ended'> {
  const text = `Words of turn ${number}.`;
  return {
    type: 'turn-ended',
    turn: number,
    round,
    speaker,
    kind,
    text,
    notes: '',
    ending: 'complete',
    ...call,
  };
}

export function verdict(
  round: number,
  stop: BodyOf<'verdict-given'>['advice']['stop'] = null,
): BodyOf<'verdict-given'> {
  const advice = { stop, why: stop ? `It is a ${stop}.` : '' };
  return {
    type: 'verdict-given',
    round,
    outcome: 'failed',
    failure: 'unreadable',
    samples: [],
    cells: [],
    convergence: null,
    advice,
    calls: [],
  };
}

export const drafted: BodyOf<'statement-drafted'> = {
  type: 'statement-drafted',
  text: 'Agreed.',
  items: [],
  ...call,
};

export function answered(persona: string): BodyOf<'statement-answered'> {
  return { type: 'statement-answered', persona, answer: 'signed', reason: 'It holds.', ...call };
}

export function polled(round: number, persona: string): BodyOf<'poll-answered'> {
  return { type: 'poll-answered', round, persona, outcome: 'read', failure: '', positions: [], ...call };
}

export function traced(round: number): BodyOf<'facts-traced'> {
  return { type: 'facts-traced', round, outcome: 'read', failure: '', uses: [], rejected: [], ...call };
}

export function picked(round: number, persona: string): BodyOf<'speaker-picked'> {
  return { type: 'speaker-picked', round, persona, by: 'moderator', asAsked: true, bids: [], calls: [] };
}

/** Numbers and dates bodies as a journal would. */
export function numbered(...bodies: EventBody[]): DebateEvent[] {
  return bodies.map(
    (body, number) => ({ v: 1, number, at: new Date(number * 1000).toISOString(), ...body }) as DebateEvent,
  );
}
