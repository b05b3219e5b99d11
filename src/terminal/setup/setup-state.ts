import { type Binding, bindingsOf, helpBinding, paletteBinding } from '../tui/bindings.ts';
import type { KeyPress } from '../tui/key-name.ts';
import { type Over, overAfter, overWith } from '../tui/over.ts';

export interface SetupOffer {
  readonly scenarios: readonly SetupScenario[];
  readonly strategies: readonly SetupStrategy[];
  readonly models: readonly SetupModel[];
}

export type SetupField = 'scenario' | 'strategy' | 'model' | 'rounds';

const setupFields: readonly SetupField[] = ['scenario', 'strategy', 'model', 'rounds'];

/** Which field is looked at, and what is chosen in each: places in the offer, and a number of rounds. */
export interface SetupState {
  readonly field: SetupField;
  readonly scenario: number;
  readonly strategy: number;
  readonly model: number;
  readonly rounds: number;
  /** Rows of the preview that are scrolled away. */
  readonly scroll: number;
  readonly over: Over;
}

const rounds = { least: 1, most: 100 };

export function initialSetup(offer: SetupOffer, start: Partial<SetupChoice>): SetupState {
  const place = (ids: readonly string[], wanted: string | undefined) =>
    Math.max(0, ids.indexOf(wanted ?? ''));
  return {
    field: 'scenario',
    scenario: place(
      offer.scenarios.map(({ id }) => id),
      start.scenario,
    ),
    strategy: place(
      offer.strategies.map(({ id }) => id),
      start.strategy,
    ),
    model: place(
      offer.models.map(({ spec }) => spec),
      start.model,
    ),
    rounds: start.rounds ?? 6,
    scroll: 0,
    over: null,
  };
}

/** Rows of the preview that a page key scrolls. */
const page = 5;

/** The state after a key, and whether the person begins or leaves; `most` is how many rows of the preview can be scrolled away. */
export function setupAfter(
  state: SetupState,
  key: KeyPress,
  offer: SetupOffer,
  most: number,
): { state: SetupState; end?: 'begin' | 'leave' } {
  if (key.name === 'ctrl+c') return { state, end: 'leave' };
  if (state.over !== null) {
    const { over, press } = overAfter(state.over, key, setupKeys);
    const after = { ...state, over };
    return press === undefined
      ? { state: after }
      : setupAfter(after, { name: press, input: '' }, offer, most);
  }
  const action = setupKeys.find(({ keys }) => keys.includes(key.name))?.action;
  switch (action) {
    case undefined:
      return { state };
    case 'next-field':
      return { state: { ...state, field: neighbour(state.field, 1) } };
    case 'previous-field':
      return { state: { ...state, field: neighbour(state.field, -1) } };
    case 'next-choice':
      return { state: changed(state, 1, offer) };
    case 'previous-choice':
      return { state: changed(state, -1, offer) };
    case 'scroll-down':
      return { state: { ...state, scroll: Math.min(most, state.scroll + page) } };
    case 'scroll-up':
      return { state: { ...state, scroll: Math.max(0, state.scroll - page) } };
    case 'help':
    case 'palette':
      return { state: { ...state, over: overWith(action) } };
    case 'begin':
    case 'leave':
      return { state, end: action };
  }
}

export function choiceOf(state: SetupState, offer: SetupOffer): SetupChoice {
  return {
    scenario: offer.scenarios[state.scenario]?.id ?? '',
    strategy: offer.strategies[state.strategy]?.id ?? '',
    model: offer.models[state.model]?.spec ?? '',
    rounds: state.rounds,
  };
}

function neighbour(field: SetupField, by: 1 | -1): SetupField {
  const place = setupFields.indexOf(field) + by;
  return setupFields[(place + setupFields.length) % setupFields.length] ?? field;
}

function changed(before: SetupState, by: 1 | -1, offer: SetupOffer): SetupState {
  const state = { ...before, scroll: 0 };
  if (state.field === 'rounds') {
    return { ...state, rounds: Math.min(rounds.most, Math.max(rounds.least, state.rounds + by)) };
  }
  const count = { scenario: offer.scenarios, strategy: offer.strategies, model: offer.models }[state.field]
    .length;
  if (count === 0) return state;
  return { ...state, [state.field]: (state[state.field] + by + count) % count };
}

/** A line to choose from, with what the preview says of it. */
interface SetupScenario {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly article: { readonly title: string; readonly origin: string; readonly passages: readonly string[] };
  readonly cast: readonly { readonly name: string; readonly isPrincipal: boolean }[];
  /** Titles of the issues on the agenda. */
  readonly issues: readonly string[];
}

interface SetupStrategy {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

export interface SetupModel {
  /** The model spec, such as openai:gpt-5-mini or simulator. */
  readonly spec: string;
  /** What speaks for it: the key that was found, the server that answers, or that it needs neither. */
  readonly note: string;
}

export interface SetupChoice {
  readonly scenario: string;
  readonly strategy: string;
  readonly model: string;
  readonly rounds: number;
}

/** What a choice would take, before anything is spent. */
export interface SetupEstimate {
  readonly calls: number;
  readonly tokens: number;
  /** US dollars; null where the model's price is unknown. */
  readonly costUsd: number | null;
}

export type SetupAction =
  | ('next-field' | 'previous-field' | 'next-choice' | 'previous-choice' | 'scroll-down' | 'scroll-up')
  | ('begin' | 'leave' | 'help' | 'palette');

/** Every key of the set-up, once: what handles keys, the help, the palette and docs/keys.md are made from this. */
export const setupKeys: readonly Binding<SetupAction>[] = [
  ...bindingsOf<Binding<SetupAction>>('debate', [
    ['down j tab', 'next-field', 'go to the next field', { label: '↓ j' }],
    ['up k shift+tab', 'previous-field', 'go to the field before', { label: '↑ k' }],
    ['right l +', 'next-choice', 'choose the next', { label: '→ l' }],
    ['left h -', 'previous-choice', 'choose the one before', { label: '← h' }],
    ['pagedown space ctrl+d', 'scroll-down', 'read on in the preview'],
    ['pageup ctrl+u', 'scroll-up', 'read back in the preview'],
    ['return ctrl+j', 'begin', 'begin the debate; nothing is spent before'],
  ]),
  helpBinding,
  paletteBinding,
  ...bindingsOf<Binding<SetupAction>>('screen', [['q escape ctrl+c', 'leave', 'leave without a debate']]),
];
