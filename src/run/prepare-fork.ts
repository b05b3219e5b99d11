import { fold } from '../debate/debate.ts';
import type { DebateEvent, EventOf } from '../debate/events.ts';
import { nextSpeaker } from '../debate/next.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { seededInteger } from '../debate/seeded-random.ts';
import { loadKept } from '../prompts/load-kept.ts';
import type { PromptSet } from '../prompts/types.ts';
import { createRun, type DebateRun } from './debate-run.ts';
import { keptFilesOf, modelUses, promptHashes, type Surroundings, settingsUnder } from './prepare.ts';
import type { ReadyToResume, StoredBefore, WayOn } from './resume-debate.ts';
import type { RoleModels } from './role-models.ts';

export interface Fork extends Surroundings {
  /** The debate to fork. */
  run: string;
  /** The speech that is given anew. */
  turn: number;
  /** Name of the new run. */
  name: string;
  /** Distinguishes forks at the same turn: each number goes on with chances of its own, the same each time. */
  branch: number;
  /** Chooses models, settings and prompts for the way on from those it had. */
  goOn(before: StoredBefore): Promise<Outcome<WayOn & { prompts: PromptSet }>>;
  /** Asked before anything is made; a failure leaves all as it is. */
  agree?(ready: Omit<ReadyToResume, keyof RoleModels>): Promise<Outcome<null>>;
}

/**
 * Makes a new run that shares everything before a speech with another one and goes on from there by itself. Its
 * journal begins with the shared events, whole or not at all; the one it came from is left as it is. Calls no model. Fails as the journal does, with `no-such-turn` or `bad-prompts`, or as
 * `goOn` does.
 */
export async function prepareFork(fork: Fork): Promise<Outcome<DebateRun>> {
  const { store, run, turn, name } = fork;
  const stored = await store.read(run);
  if (!stored.ok) return stored;
  const { events } = stored.value;
  const speech = events.find(
    (event): event is EventOf<'turn-ended'> => event.type === 'turn-ended' && event.turn === turn,
  );
  if (speech?.kind !== 'speech') return failure('no-such-turn', noSuchTurn(run, turn, events));
  const kept = loadKept(stored.value.files);
  if (!kept.ok) {
    return failure(
      'bad-prompts',
      `The prompt files kept with ${run} are not as it used them: ${kept.failure.message}`,
    );
  }
  const shared = before(events, speech);
  const debate = fold(shared);
  if (!debate) throw new Error('a journal with a speech has a start');
  const models = Object.fromEntries(Object.entries(debate.models).map(([role, use]) => [role, use.spec]));
  const chosen = await fork.goOn({ prompts: kept.value, settings: debate.settings, models });
  if (!chosen.ok) return chosen;
  const { modelOf, judges, prompts } = chosen.value;
  const settings = settingsUnder(prompts, chosen.value.settings, judges);

  const uses = modelUses(prompts, modelOf, judges);
  const started: EventOf<'debate-started'> = {
    ...debate.started,
    debate: name,
    cast: prompts.scenario.personas.map((persona) => persona.member),
    strategy: prompts.strategy.id,
    prompts: promptHashes(prompts),
    simulated: debate.started.simulated || Object.values(uses).some(({ simulated }) => simulated),
    forkedFrom: { debate: debate.started.debate, turn },
  };
  const history = withSeed([started, ...shared.slice(1)], speech, fork.branch);
  const ready = { debate: fold(history) ?? debate, events: history, prompts, settings };
  const agreed = await fork.agree?.(ready);
  if (agreed && !agreed.ok) return agreed;
  const journal = await store.create(name, keptFilesOf(prompts), history);
  if (!journal.ok) return journal;
  const begin = { type: 'debate-resumed' as const, parley: fork.version, settings, models: uses };
  return success(createRun({ ...fork, journal: journal.value, prompts, modelOf, begin }));
}

/** The events before a speech, without its own failed attempts. */
function before(events: readonly DebateEvent[], speech: EventOf<'turn-ended'>): DebateEvent[] {
  const shared = events.slice(0, speech.number);
  while (shared.at(-1)?.type === 'attempt-failed') shared.pop();
  return shared;
}

/** A seed of its own, such that the same persona has the word where the seed decides the order. */
function withSeed(
  history: readonly [EventOf<'debate-started'>, ...DebateEvent[]],
  speech: EventOf<'turn-ended'>,
  branch: number,
): DebateEvent[] {
  const [started, ...rest] = history;
  for (let attempt = 0; ; attempt++) {
    const seed = seededInteger(started.seed, 'fork', speech.turn, branch, attempt);
    const events = [{ ...started, seed }, ...rest];
    const debate = fold(events);
    const next = debate && nextSpeaker(debate, speech.round);
    if (next?.type === 'known' && next.persona === speech.speaker) return events;
    if (attempt > 10_000) throw new Error(`no seed gives ${speech.speaker} the word at turn ${speech.turn}`);
  }
}

/** The numbers of the personas' speeches, in order. */
export function speechTurns(events: readonly DebateEvent[]): number[] {
  return events.flatMap((event) =>
    event.type === 'turn-ended' && event.kind === 'speech' ? [event.turn] : [],
  );
}

export function noSuchTurn(run: string, turn: number, events: readonly DebateEvent[]): string {
  const speeches = speechTurns(events);
  if (speeches.length === 0) return `${run} holds no speech yet: there is nothing to fork.`;
  return `Turn ${turn} of ${run} is no persona's speech. Fork at one of: ${speeches.join(', ')}.`;
}
