import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { fold } from '../../debate/debate.ts';
import type { DebateEvent } from '../../debate/events.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import { readTextFile } from '../../prompts/text-file.ts';
import type { ScoredTranscript } from '../../report/score/score-report.ts';
import { castOf } from '../../score/cast.ts';
import { parseTranscript } from '../../score/parse-transcript.ts';
import { roundsOf } from '../../score/rounds.ts';
import type { Environment } from '../environment.ts';
import { describeFaults } from '../faults.ts';
import { readRun } from '../open-runs.ts';
import { placeOfRun } from '../run-place.ts';
import type { GivenAgenda } from './load-agenda.ts';
import type { ScoreOptions } from './options.ts';

/** A transcript that is ready to be read, and what reports tell of it. */
export type Scorable = Omit<ScoredTranscript, 'verdicts' | 'judge' | 'parley'>;

/** Reads one FILE of the command line: a run by name, folder or journal, or any other transcript. */
export async function readScorable(
  given: string,
  options: ScoreOptions,
  agenda: GivenAgenda | null,
  environment: Environment,
): Promise<Outcome<Scorable>> {
  const isFile = (await stat(given).catch(() => null))?.isFile() ?? false;
  if (given !== '-' && (!isFile || basename(given) === 'journal.jsonl')) {
    return scorableRun(isFile ? resolve(given) : given, options, agenda);
  }
  const text = given === '-' ? await readInput(environment) : readTextFile(dirname(given), basename(given));
  if (!text.ok) return failure('unreadable', `${given}: ${text.message}.`);
  return foreign(given === '-' ? 'standard input' : given, text.text, options, agenda);
}

async function scorableRun(
  given: string,
  { transcripts, principals, seed }: ScoreOptions,
  agenda: GivenAgenda | null,
): Promise<Outcome<Scorable>> {
  const { folder, name } = placeOfRun(given, transcripts);
  const stored = await readRun(folder, name);
  if (!stored.ok) {
    const hint =
      /[./\\]/.test(given) && !isPostgresAddress(given) ? ` No file is called ${given} either.` : '';
    return failure(stored.failure.reason, `${stored.failure.message}${hint}`);
  }
  const { events } = stored.value;
  return ofRun({ name, events, given: agenda, principals, seed });
}

interface StoredRun {
  name: string;
  events: readonly DebateEvent[];
  given: GivenAgenda | null;
  principals: readonly string[] | null;
  /** null for the run's own, with which the same judge reads the same again. */
  seed: number | null;
}

function ofRun({ name, events, given, principals, seed }: StoredRun): Outcome<Scorable> {
  const debate = fold(events);
  const speeches = debate?.turns.filter(({ kind }) => kind === 'speech') ?? [];
  if (!debate || speeches.length === 0)
    return failure('empty', `Nobody has spoken in ${name} yet: there is nothing to score.`);
  const { started, verdicts } = debate;
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
    simulated: started.simulated,
    seed: seed ?? started.seed,
    controls: started.control && started.control !== 'shuffled-turns' ? [started.control] : [],
    polls: given ? [] : debate.polls,
    recorded: given
      ? []
      : verdicts.map(({ round, convergence }) => ({ round, principals: convergence?.principals ?? null })),
  });
}

/** Held against another agenda, a run's own red lines and openings mean nothing. */
function knownIn({ cast }: GivenAgenda, own: readonly GivenAgenda['cast'][number][]) {
  return own.map(
    (member) => cast.find(({ id }) => id === member.id) ?? { ...member, redLines: [], opening: {} },
  );
}

function foreign(
  name: string,
  content: string,
  options: ScoreOptions,
  given: GivenAgenda | null,
): Outcome<Scorable> {
  if (!given) {
    return failure(
      'no-agenda',
      `${name} says nothing of an agenda. Give one with --scenario NAME or --agenda FILE.yaml.`,
    );
  }
  const { speakers, leaveOut, principals, roundsOf: asked } = options;
  const parsed = parseTranscript({ file: name, content, speakers, leftOut: leaveOut });
  if (!parsed.ok) return failure('faults', describeFaults(parsed.faults));
  const cast = castOf(parsed.turns, given.cast, principals);
  if (!cast.ok) return cast;
  const { rounds, rule } = roundsOf(parsed.turns, asked);
  const speeches = parsed.turns.map(({ speaker, text }, place) => ({
    ...{ turn: place + 1, round: rounds[place] ?? 1, speaker: cast.value.idOf(speaker), text },
  }));
  return success({
    name,
    agenda: given.agenda,
    agendaFrom: given.from,
    cast: cast.value.cast,
    speeches,
    roundRule: rule,
    simulated: false,
    seed: options.seed ?? 0,
    controls: [],
    polls: [],
    recorded: [],
  });
}

/** Bytes of a transcript on standard input. */
const mostBytes = 2_000_000;

async function readInput({
  stdin,
}: Environment): Promise<{ ok: true; text: string } | { ok: false; message: string }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > mostBytes) return { ok: false, message: 'it has more than 2 MB, and at most 2 MB are read' };
    chunks.push(bytes);
  }
  return { ok: true, text: Buffer.concat(chunks).toString('utf8') };
}
