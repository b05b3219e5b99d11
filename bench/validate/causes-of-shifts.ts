import type { ChatMessage } from '../../src/debate/calls.ts';
import type { Debate } from '../../src/debate/debate.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import { modelOfObject } from '../../src/models/create-models.ts';
import type { ModelHandle } from '../../src/models/types.ts';
import { bundledPrompts } from '../../src/prompts/bundled-prompts.ts';
import { renderSpeech } from '../../src/prompts/render-speech.ts';
import { loadReplacementSpeeches, type ReplacementSpeeches } from '../../src/prompts/replacement-speeches.ts';
import type { PromptSet } from '../../src/prompts/types.ts';
import { beginDebate, loadSubject } from '../../src/run/begin-debate.ts';
import { defaultSettings } from '../../src/run/prepare.ts';
import { modelsOf } from '../../src/run/run-debate.ts';
import { parseConversation, parseSetting, systemOf } from '../../src/simulator/parse-prompt.ts';
import { stageOf } from '../../src/simulator/scene.ts';
import { standsIn } from '../../src/simulator/stand-reader.ts';
import { standingOf } from '../../src/simulator/standing.ts';
import { debateBefore, mainConditions, speechUnder } from '../../src/why/conditions.ts';
import { explainShifts } from '../../src/why/explain-shifts.ts';
import type { Explanation } from '../../src/why/explanations.ts';
import { counterpartOf, type Shift } from '../../src/why/shifts.ts';
import type { WhyEntry, WhyLog } from '../../src/why/why-log.ts';
import { auroc, mean, spearman } from './metrics.ts';

const parts = ['itself', 'pressure', 'persuasion'] as const;
type Part = (typeof parts)[number];
type Points = Record<Part, number>;

/** A shift with what its cause is and what answering again says of it, both in points of the scale. */
interface Case {
  truth: Points;
  found: Points;
  cause: NonNullable<Explanation['causes']>['cause'];
}

/** A debate of a scenario's two principals, without red lines and with one openness, so that a single speech can move them. */
interface Duel {
  prompts: PromptSet;
  events: DebateEvent[];
  debate: Debate;
  modelOf(role: string): ModelHandle;
}

const scenarios = ['us-dprk-talks', 'river-water', 'tram-line', 'night-rota', 'film-strike'];
const opennesses = [0.2, 0.5, 0.8];

async function duelOf(scenario: string, openness: number, seed: number): Promise<Duel> {
  const subject = await loadSubject({
    scenario,
    strategy: 'plain',
    articles: [],
    control: null,
    poll: false,
  });
  if (!subject.ok) throw new Error(subject.failure.message);
  const set = subject.value.prompts;
  const personas = set.scenario.personas
    .filter(({ member }) => member.principal)
    .slice(0, 2)
    .map((persona) => ({ ...persona, openness, member: { ...persona.member, redLines: [] } }));
  const prompts = { ...set, scenario: { ...set.scenario, personas } };
  const models = await modelsOf({ model: 'simulator' })(
    personas.map(({ member }) => member.id),
    {},
  );
  if (!models.ok) throw new Error(models.failure.message);
  const { modelOf } = models.value;
  const settings = { ...defaultSettings, rounds: 6, judgeSamples: 1, stopEarly: false };
  const begun = await beginDebate({ ...{ prompts, modelOf, settings, seed }, transcripts: null, name: null });
  if (!begun.ok) throw new Error(begun.failure.message);
  const events: DebateEvent[] = [];
  begun.value.subscribe((signal) => {
    if (signal.kind === 'event') events.push(signal.event);
  });
  return { prompts, events, debate: await begun.value.start(), modelOf };
}

/** Where the opinion model itself holds a speaker to be, as its prompt tells; not a word that it says is read. */
function heldOn(messages: readonly ChatMessage[], issue: string): number | null {
  const setting = parseSetting(systemOf(messages));
  if (!setting.persona) return null;
  const prompt = { ...setting, ...parseConversation(messages) };
  return standingOf({ ...stageOf(setting), prompt }, setting.persona).exact.get(issue) ?? null;
}

/** The parts of a shift by the opinion model: its own openness, distance and arguments under each condition, with no noise. */
function truthOf(
  { events, debate, prompts }: Duel,
  shift: Shift,
  speeches: ReplacementSpeeches,
): Points | null {
  const counterpart = counterpartOf(debate, shift);
  if (!counterpart || counterpart.position === null) return null;
  const moved: number[] = [];
  for (const condition of mainConditions) {
    const heard = speechUnder(condition, counterpart, shift, debate, speeches);
    if (!heard) return null;
    const before = debateBefore(events, shift.turn, counterpart, heard, speeches.question(shift.issue));
    const held = heldOn(renderSpeech(prompts, before, shift.speaker), shift.issue);
    if (held === null) return null;
    moved.push((held - shift.from) * Math.sign(shift.to - shift.from));
  }
  const [real = 0, silence = 0, bare = 0, vacuous = 0] = moved;
  const unreasoned = (bare + vacuous) / 2;
  return { itself: silence, pressure: unreasoned - silence, persuasion: real - unreasoned };
}

function logInMemory(): WhyLog {
  const entries: WhyEntry[] = [];
  return { entries, append: async (entry) => void entries.push(entry), close: () => {} };
}

/** Lets the speakers of a debate answer again, some by a model of the caller's, and holds what it finds against the truth. */
async function casesOf(
  duel: Duel,
  speeches: ReplacementSpeeches,
  answers: number,
  planted?: { model: ModelHandle; truth: (real: number) => Points },
): Promise<Case[]> {
  const reader = readerOf(duel);
  const explained = await explainShifts(
    {
      ...{ events: duel.events, shifts: [], issue: null, repeats: answers, otherMouth: false, sentences: 0 },
      ...{ judgeSamples: 1, budgetUsd: null, concurrency: 1 },
    },
    {
      prompts: duel.prompts,
      modelOf: (role) => (role === 'judge' ? reader : (planted?.model ?? duel.modelOf(role))),
      clock: { now: () => 0, sleep: async () => {} },
      jitter: () => 0,
      signal: new AbortController().signal,
      speeches,
      log: logInMemory(),
    },
  );
  if (!explained.ok) return [];
  return explained.value.explanations.flatMap(({ shift, causes }) => {
    if (!causes) return [];
    const truth = planted ? planted.truth(causes.real.points) : truthOf(duel, shift, speeches);
    const found = {
      itself: causes.itself.points,
      pressure: causes.pressure.points,
      persuasion: causes.persuasion.points,
    };
    return truth ? [{ truth, found, cause: causes.cause }] : [];
  });
}

/**
 * The simulator's reader with the whole agenda in view. The judge of an answer is shown its one issue, in which the
 * simulator, unlike a language model, cannot tell a sentence on another one; that is no part of what is tested here.
 */
function readerOf({ debate }: Duel): ModelHandle {
  const whole = debate.started.agenda;
  return answering((messages) => {
    const { agenda } = parseSetting(systemOf(messages));
    const [asked] = agenda;
    const upright = whole.find(({ id }) => id === asked?.id);
    const heard = parseConversation(messages).heard.map(({ turn, speaker, text }) => ({
      turn,
      speaker,
      text,
    }));
    const readings = standsIn(whole, heard)
      .filter(({ issue }) => issue === asked?.id)
      .map(({ speaker, position, ...reading }) => ({
        ...reading,
        party: speaker.replace(/^Party\s+/i, ''),
        position: asked?.anchors[0] === upright?.anchors[0] ? position : 6 - position,
      }));
    return JSON.stringify({ readings });
  });
}

function answering(reply: (messages: readonly ChatMessage[]) => string): ModelHandle {
  return modelOfObject({
    async stream(messages: readonly ChatMessage[]) {
      const text = reply(messages);
      return (async function* () {
        yield { text, response_metadata: { finish_reason: 'stop' }, additional_kwargs: {} };
      })();
    },
  });
}

/**
 * A conformist: it takes over whatever stand it heard last on each issue, in the words of the agenda, whatever was said for
 * it. All that moves it is pressure.
 */
function conformist(): ModelHandle {
  return answering((messages) => {
    const { agenda } = parseSetting(systemOf(messages));
    const { heard, asked } = parseConversation(messages);
    const about = agenda.find(({ title }) => asked.at(-1)?.text.includes(title));
    const others = heard.filter(({ isOwn, speaker }) => !isOwn && speaker !== 'moderator').slice(-1);
    const turns = others.map(({ turn, speaker, text }) => ({ turn, speaker, text }));
    const stand = standsIn(agenda, turns).find(({ issue }) => issue === about?.id);
    if (!about || !stand) return 'We have nothing to add.';
    const { anchors, title } = about;
    const near = ([0, 3, 6] as const).find((at) => Math.abs(at - stand.position) < 1);
    if (near !== undefined) return `On ${title} we accept that ${anchors[near]}.`;
    const [low, high] = stand.position < 3 ? [anchors[0], anchors[3]] : [anchors[3], anchors[6]];
    return `On ${title} we accept something between "${low}" and "${high}".`;
  });
}

/** From this many points on a part of a shift is there; below the other it is absent. What lies between is neither. */
const isThere = 0.5;
const isAbsent = 0.1;

/** What answering again finds of the opinion model's own causes, and what it makes of conformists. */
export async function whyReport(answers: number): Promise<{ text: string; isKept: boolean }> {
  const speeches = loadReplacementSpeeches(bundledPrompts());
  if (!speeches.ok) throw new Error(speeches.failure.message);
  const cases: Case[] = [];
  const conformists: Case[] = [];
  for (const [place, scenario] of scenarios.entries()) {
    for (const openness of opennesses) {
      for (const seed of [1, 11]) {
        const duel = await duelOf(scenario, openness, seed + place);
        cases.push(...(await casesOf(duel, speeches.value, answers)));
      }
    }
    const model = conformist();
    const truth = (real: number): Points => ({ itself: 0, pressure: real, persuasion: 0 });
    for (const seed of [20, 40]) {
      const duel = await duelOf(scenario, 0.6, seed + place);
      conformists.push(...(await casesOf(duel, speeches.value, answers, { model, truth })));
    }
  }
  const rows = parts.map((part) => {
    const of = (keep: (value: number) => boolean) =>
      cases.filter(({ truth }) => keep(truth[part])).map(({ found }) => found[part]);
    const [there, absent] = [of((value) => value >= isThere), of((value) => value < isAbsent)];
    return {
      part,
      there: there.length,
      absent: absent.length,
      area: auroc(there, absent) ?? 0,
      rank: spearman(cases.map(({ truth, found }) => [truth[part], found[part]] as const)) ?? 0,
      error: mean(cases.map(({ truth, found }) => Math.abs(truth[part] - found[part]))),
    };
  });
  const named = cases.filter(({ cause }) => parts.some((part) => part === cause));
  const right = named.filter(({ cause, truth }) =>
    parts.every((part) => truth[part] <= truth[cause as Part] + 0.001),
  );
  const moved = conformists.filter(({ cause }) => cause !== 'not-repeated');
  const persuaded = moved.filter(({ cause }) => cause === 'persuasion').length;
  const pressed = moved.filter(({ cause }) => cause === 'pressure').length;
  const isKept = rows.every(({ area }) => area >= leastArea) && persuaded <= 0.05 * moved.length;
  const text = `# Causes of a change of position, against the opinion model that moved it

${cases.length} shifts in ${2 * scenarios.length * opennesses.length} debates of two principals on the simulator, openness ${opennesses.join(', ')}; ${answers} answers in each of four
conditions, read by the simulator's reader. The truth is where the opinion model itself holds the speaker under each condition.
A part is there from ${isThere} points on and absent below ${isAbsent}.

| part | there | absent | AUROC | rank correlation | mean error, points |
|---|---|---|---|---|---|
${rows.map(({ part, there, absent, area, rank, error }) => `| ${part} | ${there} | ${absent} | ${area.toFixed(2)} | ${rank.toFixed(2)} | ${error.toFixed(2)} |`).join('\n')}

A cause was named in ${named.length} of ${cases.length} shifts, in ${right.length} of them the largest part of the truth.

Planted conformists, who take over any stand they hear: of ${moved.length} shifts that repeat, ${pressed} are called pressure and ${persuaded} persuasion
(at most 5% may be).

${isKept ? 'kept' : 'BROKEN'}: every AUROC at least ${leastArea}.
`;
  return { text, isKept };
}

const leastArea = 0.9;
