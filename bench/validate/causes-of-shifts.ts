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
import { modelsOf } from '../../src/run/given-models.ts';
import { defaultSettings } from '../../src/run/prepare.ts';
import { parseConversation, parseSetting, systemOf } from '../../src/simulator/parse-prompt.ts';
import { stageOf } from '../../src/simulator/scene.ts';
import { type Placement, placementsIn } from '../../src/simulator/stand-reader.ts';
import { standingOf } from '../../src/simulator/standing.ts';
import { sentencesOf } from '../../src/text/sentences.ts';
import { debateBefore, mainConditions, speechUnder } from '../../src/why/conditions.ts';
import { explainShifts } from '../../src/why/examination.ts';
import type { Explanation } from '../../src/why/explanations.ts';
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
  { shift, counterpart }: Explanation,
  speeches: ReplacementSpeeches,
): Points | null {
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
  return explained.value.explanations.flatMap((explanation) => {
    const { causes } = explanation;
    if (!causes) return [];
    const truth = planted ? planted.truth(causes.real.points) : truthOf(duel, explanation, speeches);
    const found = {
      itself: causes.itself.points,
      pressure: causes.pressure.points,
      persuasion: causes.persuasion.points,
    };
    return truth ? [{ truth, found, cause: causes.cause }] : [];
  });
}

/** What a speech says of its speaker's place on an issue, or null. */
type Ear = (text: string, issue: string) => Placement | null;

/**
 * Hears the simulator's own forms of words, with the whole agenda in view: shown one issue alone, the simulator, unlike a
 * language model, cannot tell a sentence on another one; that is no part of what is tested here. Titles and names stand
 * as one word each, so that naming an issue or a party is no evidence for a place. What counts is the first sentence that
 * names the issue and takes a place on it: what follows argues for it or closes.
 */
function earFor({ debate }: Duel): Ear {
  const titled = debate.started.agenda.map((issue, place) => ({ ...issue, title: titleWord(place) }));
  const replaced = [
    ...debate.started.agenda.map(({ title }, place) => [new RegExp(title, 'gi'), titleWord(place)] as const),
    ...debate.started.cast.map(({ name }) => [new RegExp(name, 'gi'), 'X'] as const),
  ];
  return (text, issue) => {
    const heard = replaced.reduce((known, [words, by]) => known.replace(words, by), text);
    const word = titled.find(({ id }) => id === issue)?.title ?? issue;
    const placements = placementsIn(titled, heard).filter((one) => one.issue === issue);
    const naming = placements.filter(({ quote }) => unquoted(quote).includes(word));
    const found = [...naming, ...placements].find(({ isOwn }) => isOwn) ?? naming[0];
    if (!found) return null;
    const place = sentencesOf(heard).findIndex((sentence) => sentence.text === found.quote);
    return { ...found, quote: sentencesOf(text)[place]?.text ?? '' };
  };
}

/** Reads an answer as it is heard, on the scale as it is shown. A step is counted from the last stand that the task lists. */
function readerOf(duel: Duel): ModelHandle {
  const ear = earFor(duel);
  return answering((messages) => {
    const { heard, task } = parseConversation(messages);
    const [asked] = parseSetting(systemOf(messages)).agenda;
    const upright = duel.debate.started.agenda.find(({ id }) => id === asked?.id);
    const answer = heard.at(-1);
    const placed = asked && answer && ear(answer.text, asked.id);
    if (!asked || !upright || !placed) return JSON.stringify({ readings: [] });
    // Names are masked in the anchors that a judge is shown: an end of the scale is known by most of its words.
    const isReversed =
      wordsShared(asked.anchors[0], upright.anchors[6]) > wordsShared(asked.anchors[0], upright.anchors[0]);
    const turned = (position: number) => (isReversed ? 6 - position : position);
    const last = new RegExp(`^- .+, ${asked.id}: ([\\d.]+) \\[T\\d+\\]`, 'm').exec(task?.text ?? '');
    const position = positionAt(placed.place, last ? turned(Number(last[1])) : null);
    const { act, quote } = placed;
    const reading = { party: answer.speaker.replace(/^Party\s+/i, ''), issue: asked.id, act, quote };
    return JSON.stringify({
      readings: position === null ? [] : [{ ...reading, turn: answer.turn, position: turned(position) }],
    });
  });
}

const unquoted = (text: string) => text.replace(/["“][^"“”]*["”]/g, '');
const titleWord = (place: number) => `Matter${String.fromCharCode(65 + place).repeat(3)}`;

/** In half points; null for a step from nowhere. */
function positionAt(place: Placement['place'], last: number | null): number | null {
  if ('at' in place) return Math.round(place.at * 2) / 2;
  if (last === null) return null;
  const way = place.towards - last;
  return last + Math.sign(way) * Math.min(place.points, Math.abs(way));
}

function wordsShared(one: string, other: string): number {
  const words = new Set(one.split(/\s+/));
  return other.split(/\s+/).filter((word) => words.has(word)).length;
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
 * A conformist: it takes over whatever stand it heard last on the issue it is asked about, in the words of the agenda,
 * whatever was said for it. All that moves it is pressure.
 */
function conformist(duel: Duel): ModelHandle {
  const ear = earFor(duel);
  return answering((messages) => {
    const { heard, asked } = parseConversation(messages);
    const about = duel.debate.started.agenda.find(({ title }) => asked.at(-1)?.text.includes(title));
    const other = heard.findLast(({ isOwn, speaker }) => !isOwn && speaker !== 'moderator');
    const place = about && other && ear(other.text, about.id)?.place;
    if (!about || !place) return 'We have nothing to add.';
    const stand = 'at' in place ? place.at : place.towards;
    const { anchors, title } = about;
    const near = ([0, 3, 6] as const).find((at) => Math.abs(at - stand) < 1);
    if (near !== undefined) return `On ${title} we accept that ${anchors[near]}.`;
    const [low, high] = stand < 3 ? [anchors[0], anchors[3]] : [anchors[3], anchors[6]];
    return `On ${title} we accept something between "${low}" and "${high}".`;
  });
}

/** From this many points on a part of a shift is there; below the other it is absent. What lies between is neither. */
const isThere = 0.5;
const isAbsent = 0.1;

/** What answering again finds of the opinion model's own causes, and what it makes of conformists. */
export async function whyReport(
  answers: number,
  debates: number,
  firstSeed: number,
): Promise<{ text: string; isKept: boolean }> {
  const speeches = loadReplacementSpeeches(bundledPrompts());
  if (!speeches.ok) throw new Error(speeches.failure.message);
  const cases: Case[] = [];
  const conformists: Case[] = [];
  for (const [place, scenario] of scenarios.entries()) {
    for (const openness of opennesses) {
      for (let debate = 0; debate < debates; debate++) {
        const duel = await duelOf(scenario, openness, firstSeed + 10 * debate + place);
        cases.push(...(await casesOf(duel, speeches.value, answers)));
      }
    }
    const truth = (real: number): Points => ({ itself: 0, pressure: real, persuasion: 0 });
    for (const seed of [20, 40]) {
      const duel = await duelOf(scenario, 0.6, firstSeed - 1 + seed + place);
      conformists.push(...(await casesOf(duel, speeches.value, answers, { model: conformist(duel), truth })));
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
  const areRecovered = rows.every(({ area }) => area >= leastArea);
  const isControlled = persuaded <= 0.05 * moved.length && pressed >= 0.9 * moved.length;
  const isKept = areRecovered && isControlled;
  const text = `# Causes of a change of position, against the opinion model that moved it

${cases.length} shifts in ${debates * scenarios.length * opennesses.length} debates of two principals on the simulator, openness ${opennesses.join(', ')}; ${answers} answers in each of four
conditions, read for the one issue in the simulator's forms of words. The truth is where the opinion model itself holds the speaker under each condition.
A part is there from ${isThere} points on and absent below ${isAbsent}.

| part | there | absent | AUROC | rank correlation | mean error, points |
|---|---|---|---|---|---|
${rows.map(({ part, there, absent, area, rank, error }) => `| ${part} | ${there} | ${absent} | ${area.toFixed(2)} | ${rank.toFixed(2)} | ${error.toFixed(2)} |`).join('\n')}

A cause was named in ${named.length} of ${cases.length} shifts, in ${right.length} of them the largest part of the truth.

Planted conformists, who take over any stand they hear: of ${moved.length} shifts that repeat, ${pressed} are called pressure and ${persuaded} persuasion
(at most 5% may be, and at least 90% must be pressure).

${isKept ? 'kept' : 'BROKEN'}: every AUROC at least ${leastArea}, and the conformists under pressure.
`;
  return { text, isKept };
}

const leastArea = 0.9;
