import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { boundedBytes } from '../article/read-file.ts';
import type { ByteStream } from '../article/types.ts';
import type { AskedQuestion } from '../convergence/check-evidence.ts';
import type { Agenda } from '../debate/agenda.ts';
import { type Debate, fold } from '../debate/debate.ts';
import type { BodyOf } from '../debate/events.ts';
import { judgesOf, judgesThatSpeak } from '../debate/judges.ts';
import { type Failure, failure, type Outcome, success } from '../debate/outcome.ts';
import type { CastMember, Control } from '../debate/setup.ts';
import { loadAgendaFile } from '../prompts/agenda-file.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { loadPrompts } from '../prompts/load-prompts.ts';
import { faultsFailure } from '../prompts/prompt-set.ts';
import { questionsOf } from '../prompts/render-reading.ts';
import { findRun } from '../run/catalogue/find-run.ts';
import { readRun } from '../run/catalogue/open-runs.ts';
import { castOf } from './cast.ts';
import { type ForeignTurn, sameName } from './foreign-turns.ts';
import { parseTranscript } from './parse-transcript.ts';
import { type TranscriptContent, transcriptContent } from './transcript-file.ts';

/** A transcript that is ready to be read. */
export interface Transcript {
  /** The file, or the run. */
  name: string;
  agenda: Agenda;
  /** Where the agenda comes from, in words. */
  agendaFrom: string;
  cast: CastMember[];
  speeches: readonly { turn: number; round: number; speaker: string; text: string }[];
  /** How turns and parties were found, in words; null for runs of parley's own. */
  readAs: string | null;
  /** How the turns were put into rounds; `journal` for a run of parley's own. */
  roundRule: 'journal' | RoundRule;
  /** True where the words themselves are the simulator's. */
  simulated: boolean;
  /** The index that the run's own judge found after each round; empty for other transcripts. */
  recorded: readonly { round: number; principals: number | null }[];
  /** What the run's own judge read after each round, and who that was; none for other transcripts and under another agenda. */
  readings: readonly BodyOf<'verdict-given'>[];
  readBy: {
    spec: string;
    specs: string[];
    alsoSpeaks: string[];
    simulated: boolean;
    samples: number;
  } | null;
  /** Specs of the models that spoke; empty where nothing is known of them. */
  spokenBy: readonly string[];
  /** What the chair and people watching asked, which is nobody's stand. */
  questions: readonly AskedQuestion[];
  seed: number;
  /** BCP 47, where the run names one. */
  language?: string;
  /** What makes it no debate like others. */
  controls: readonly Control[];
  /** What was said off the record, where the run asked; empty otherwise. */
  polls: readonly Pick<BodyOf<'poll-answered'>, 'round' | 'persona' | 'outcome' | 'positions'>[];
}

export interface TranscriptOptions {
  /** What it is measured against; null takes a run's own, and other transcripts have none. */
  agenda: GivenAgenda | null;
  /** Names of those whose positions make C; null for those the agenda's cast names, else everyone. */
  principals: readonly string[] | null;
  /** Chance for the order in which a judge sees things; null for the run's own, or 0. */
  seed: number | null;
  /** Turns that make a round; null for the numbers in the transcript, else a pass over the speakers. */
  roundsOf: number | 'all' | null;
  /** The only names that begin a turn in plain text; null for any. */
  speakers: string[] | null;
  /** The kind of a transcript, of `transcriptKinds`; null lets its content decide. */
  as?: string | null;
  /** Who chairs or instructs, and takes no stand. */
  leaveOut: string[];
  /** Where runs are kept: a folder, or a postgres:// address. */
  transcripts: string;
  /** Where `-` is read from. */
  stdin?: ByteStream;
}

/** Reads a transcript: a run by name, folder, journal or address, any other file, or `-` for standard input. */
export async function readTranscript(
  given: string,
  options: TranscriptOptions,
): Promise<Outcome<Transcript>> {
  if (given === '-') return readStream(options);
  const isFile = await isFileAt(given);
  // talk.eval#3: the third conversation of a file that holds several.
  const [, path = given, part] = (isFile ? null : /^(.+)#(\d{1,7})$/.exec(given)) ?? [];
  if (!(isFile || (await isFileAt(path))) || basename(given) === 'journal.jsonl') {
    return readOwnRun(isFile ? resolve(given) : given, options);
  }
  const read = await transcriptContent(path, part === undefined ? null : Number(part));
  if (!read.ok) return read;
  return transcriptOf(given, { ...read.value, part: part === undefined ? null : Number(part) }, options);
}

async function isFileAt(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

async function readStream(options: TranscriptOptions): Promise<Outcome<Transcript>> {
  const name = 'standard input';
  if (options.stdin === undefined) return failure('unreadable', `${name} cannot be read here.`);
  const { bytes, isWhole } = await boundedBytes(options.stdin);
  if (!isWhole) return failure('unreadable', `${name} has more than 2 MB, and at most 2 MB are read.`);
  return transcriptOf(name, { content: bytes.toString('utf8'), form: null, part: null }, options);
}

/** A transcript that parley did not make, of its text. */
function transcriptOf(
  name: string,
  given: TranscriptContent & { part: number | null },
  { agenda, speakers, leaveOut, principals, seed, roundsOf: asked, as = null }: TranscriptOptions,
): Outcome<Transcript> {
  if (agenda === null) return failure('no-agenda', `${name} has no agenda.`);
  const parsed = parseTranscript({ file: name, ...given, speakers, leftOut: leaveOut, as });
  if (!parsed.ok) return faultsFailure(parsed.faults);
  const cast = castOf(parsed.turns, agenda.cast, principals);
  if (!cast.ok) return cast;
  const { rounds, rule } = roundsOf(parsed.turns, asked);
  const speeches = parsed.turns.map(({ speaker, text }, place) => ({
    ...{ turn: place + 1, round: rounds[place] ?? 1, speaker: cast.value.idOf(speaker), text },
  }));
  return success({
    name,
    agenda: agenda.agenda,
    agendaFrom: agenda.from,
    cast: cast.value.cast,
    speeches,
    roundRule: rule,
    simulated: false,
    seed: seed ?? 0,
    readAs: parsed.notes.join('; '),
    controls: [],
    polls: [],
    recorded: [],
    readings: [],
    readBy: null,
    spokenBy: [],
    questions: parsed.asked,
  });
}

async function readOwnRun(given: string, options: TranscriptOptions): Promise<Outcome<Transcript>> {
  const missed = ({ reason, message }: Failure): Outcome<never> => {
    const mayBeFile = /[./\\]/.test(given) && !given.includes('://');
    const hint = mayBeFile ? ` No file is called ${given} either.` : '';
    return failure(reason, `${message}${hint}`);
  };
  const found = await findRun(given, options.transcripts);
  if (!found.ok) return missed(found.failure);
  const { folder, name } = found.value;
  const stored = await readRun(folder, name);
  return stored.ok ? ofDebate(name, fold(stored.value.events), options) : missed(stored.failure);
}

function ofDebate(
  name: string,
  debate: Debate | null,
  { agenda: given, principals, seed }: TranscriptOptions,
): Outcome<Transcript> {
  const speeches = debate?.turns.filter(({ kind }) => kind === 'speech') ?? [];
  if (!debate || speeches.length === 0) {
    return failure('empty', `Nobody has spoken in ${name} yet: there is nothing to score.`);
  }
  const { started, verdicts } = debate;
  const isAsRun = given === null && principals === null;
  const known = given ? knownIn(given, started.cast) : started.cast;
  const spoken = speeches.map(({ speaker }) => ({ speaker, text: '', line: 0, round: null }));
  const cast = castOf(spoken, known, principals);
  if (!cast.ok) return cast;
  return success({
    name,
    agenda: given?.agenda ?? started.agenda,
    agendaFrom: given?.from ?? `of the run’s scenario ${started.scenario.id}`,
    cast: cast.value.cast,
    speeches: speeches.map(({ turn, round, speaker, text }) => ({ turn, round, speaker, text })),
    roundRule: 'journal',
    readAs: null,
    simulated: started.simulated,
    // With the run's own seed, the same judge reads the same again.
    seed: seed ?? started.seed,
    controls: started.control && started.control !== 'shuffled-turns' ? [started.control] : [],
    polls: given ? [] : debate.polls,
    recorded: given
      ? []
      : verdicts.map(({ round, convergence }) => ({ round, principals: convergence?.principals ?? null })),
    readings: isAsRun ? verdicts : [],
    readBy: isAsRun ? judgeOf(debate) : null,
    ...(started.language === undefined ? {} : { language: started.language }),
    spokenBy: [...new Set(started.cast.flatMap(({ id }) => started.models[id]?.spec ?? []))],
    questions: questionsOf(debate),
  });
}

function judgeOf({ models, settings, started }: Debate): Transcript['readBy'] {
  const uses = judgesOf(models).flatMap((role) => models[role] ?? []);
  if (uses.length === 0) return null;
  const specs = uses.map(({ spec }) => spec);
  return {
    spec: specs.join(' and '),
    specs,
    alsoSpeaks: judgesThatSpeak(models, started.cast),
    simulated: uses.some(({ simulated }) => simulated),
    samples: settings.judgeSamples,
  };
}

/** Measured against another agenda, a run's own red lines and openings mean nothing. */
function knownIn({ cast }: GivenAgenda, own: readonly CastMember[]) {
  return own.map(
    (member) => cast.find(({ id }) => id === member.id) ?? { ...member, redLines: [], opening: {} },
  );
}

/** What transcripts are measured against. */
interface GivenAgenda {
  agenda: Agenda;
  /** Speakers whose red lines and openings are known. */
  cast: CastMember[];
  /** Where it comes from, in words. */
  from: string;
}

/** Loads the agenda of a scenario (a bundled one's name, or a folder), or of a YAML file. */
export async function loadAgenda(
  given: { scenario: string } | { file: string },
): Promise<Outcome<GivenAgenda>> {
  if ('file' in given) {
    const read = await loadAgendaFile(given.file);
    return read.ok ? success({ ...read.value, from: `from ${given.file}` }) : faultsFailure(read.faults);
  }
  const { scenario } = given;
  const loaded = loadPrompts({ promptRoot: bundledPrompts(), scenario, strategy: 'plain' });
  if (!loaded.ok) return loaded;
  const { id, agenda, personas } = loaded.value.scenario;
  return success({ agenda, cast: personas.map(({ member }) => member), from: `of the scenario ${id}` });
}

/**
 * How turns are put into rounds, after each of which positions are read:
 * - numbered: as the transcript itself says, where every turn has a round and rounds never go back
 * - passes: a new round begins when somebody speaks again and others have spoken since
 * - a number: so many turns a round
 * - all: the whole transcript is one round
 */
type RoundRule = 'numbered' | 'passes' | 'all' | number;

/** The round of each turn, from 1 and without gaps, and the rule that gave them. */
export function roundsOf(
  turns: readonly ForeignTurn[],
  asked: number | 'all' | null,
): { rounds: number[]; rule: RoundRule } {
  if (asked === 'all') return { rounds: turns.map(() => 1), rule: 'all' };
  if (asked !== null) return { rounds: turns.map((_, place) => Math.floor(place / asked) + 1), rule: asked };
  const given = turns.flatMap(({ round }) => round ?? []);
  const isOrdered = given.every((round, place) => round >= (given[place - 1] ?? 0));
  if (given.length === turns.length && isOrdered) {
    const known = [...new Set(given)];
    return { rounds: given.map((round) => known.indexOf(round) + 1), rule: 'numbered' };
  }
  return { rounds: passes(turns), rule: 'passes' };
}

function passes(turns: readonly ForeignTurn[]): number[] {
  let round = 1;
  let spoken = new Set<string>();
  let last = '';
  return turns.map(({ speaker }) => {
    const name = sameName(speaker);
    if (spoken.has(name) && last !== name) {
      round += 1;
      spoken = new Set();
    }
    spoken.add(name);
    last = name;
    return round;
  });
}
