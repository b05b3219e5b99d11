import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ChatMessage } from '../../src/debate/calls.ts';
import { apply, type Debate } from '../../src/debate/debate.ts';
import type { BodyOf, DebateEvent, EventBody } from '../../src/debate/events.ts';
import { type Action, currentRound, next } from '../../src/debate/next.ts';
import type { Settings } from '../../src/debate/setup.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import type { PromptSet } from '../../src/prompts/types.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
export const harbourFolder = join(fixtures, 'scenarios/harbour-water');
export const promptRoot = join(fixtures, 'prompts');

export async function harbourPrompts(strategy = 'plain'): Promise<PromptSet> {
  const loaded = await loadPrompts({ promptRoot, scenario: harbourFolder, strategy });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return loaded.value;
}

const settings: Settings = {
  rounds: 3,
  order: 'fixed',
  judgeSamples: 1,
  turnTokens: 300,
  temperature: null,
  budgetUsd: null,
  budgetTokens: null,
  stopEarly: false,
};

const call = {
  model: 'simulator',
  attempts: 1,
  usage: { inputTokens: 1, outputTokens: 1, cachedTokens: 0, estimated: true },
  costUsd: 0,
  timing: { firstTokenMs: 1, totalMs: 1 },
  promptHash: createHash('sha256').update('').digest('hex'),
};

/** A debate on the harbour's prompts that a test moves on event by event. */
export class HarbourDebate {
  readonly set: PromptSet;
  readonly events: DebateEvent[] = [];
  debate: Debate;

  constructor(set: PromptSet, changed: Partial<Settings> = {}, seed = 1) {
    this.set = set;
    const started = startOf(set, { ...settings, ...changed }, seed);
    this.events.push(stamped(started, 0));
    this.debate = apply(null, this.events[0] as DebateEvent);
  }

  add(body: EventBody): void {
    const event = stamped(body, this.events.length);
    this.events.push(event);
    this.debate = apply(this.debate, event);
  }

  action(): Action {
    return next(this.debate);
  }

  say(speaker: string, kind: 'opening' | 'speech' | 'steering', text: string, notes = ''): void {
    const round = kind === 'opening' ? 0 : currentRound(this.debate);
    const turn = this.debate.turns.length + 1;
    this.add({ type: 'turn-ended', turn, round, speaker, kind, text, notes, ending: 'complete', ...call });
  }

  ask(text: string): void {
    this.add({ type: 'question-asked', afterTurn: this.debate.turns.length, text });
  }

  resume(changed: Partial<Settings>): void {
    const { settings: before, models } = this.debate;
    this.add({ type: 'debate-resumed', parley: '1.0.0', settings: { ...before, ...changed }, models });
  }

  judged(): void {
    this.add({
      type: 'verdict-given',
      round: currentRound(this.debate),
      outcome: 'failed',
      failure: 'no judge in this test',
      samples: [],
      cells: [],
      convergence: null,
      advice: { stop: null, why: '' },
      calls: [],
    });
  }

  picked(persona: string): void {
    const round = currentRound(this.debate);
    this.add({ type: 'speaker-picked', round, persona, by: 'moderator', asAsked: true, bids: [], calls: [] });
  }

  drafted(text: string, items: BodyOf<'statement-drafted'>['items']): void {
    this.add({ type: 'statement-drafted', text, items, ...call });
  }

  /** Holds the debate to its closing statement; `textOf` makes each speech. */
  hold(textOf: (speaker: string, turn: number) => string, before: () => void = () => {}): void {
    while (true) {
      before();
      const action = this.action();
      const turn = this.debate.turns.length + 1;
      if (action.type === 'open') this.say('moderator', 'opening', textOf('moderator', turn));
      else if (action.type === 'steer') this.say('moderator', 'steering', textOf('moderator', turn));
      else if (action.type === 'pick') this.picked(action.candidates.at(-1) as string);
      else if (action.type === 'judge') this.judged();
      else if (action.type === 'speak') {
        this.say(action.persona, 'speech', textOf(action.persona, turn), `SECRET-${turn}`);
      } else return;
    }
  }
}

/** The prompt as one text, to look into and to compare. */
export function asText(messages: readonly ChatMessage[]): string {
  return messages.map(({ role, content }) => `=== ${role}\n${content}`).join('\n');
}

/** What the last message says. */
export function lastOf(messages: readonly ChatMessage[]): string {
  return messages.at(-1)?.content ?? '';
}

function startOf(set: PromptSet, used: Settings, seed: number): EventBody {
  const { scenario, strategy } = set;
  return {
    type: 'debate-started',
    debate: 'test',
    parley: '1.0.0',
    scenario: { id: scenario.id, title: scenario.title },
    article: scenario.article,
    agenda: scenario.agenda,
    cast: scenario.personas.map((persona) => persona.member),
    strategy: strategy.id,
    prompts: [],
    models: {},
    simulated: true,
    seed,
    settings: used,
    disclaimer: 'a test',
  };
}

function stamped(body: EventBody, number: number): DebateEvent {
  return { ...body, v: 1, number, at: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString() };
}
