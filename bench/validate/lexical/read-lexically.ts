import type { Act } from '../../../src/debate/readings.ts';
import { remembering } from '../../../src/text/memo.ts';
import { type IssueModel, type LexicalIssue, modelIssues } from './issue-model.ts';
import { type SpeakerNames, speakerNames } from './speaker-names.ts';
import type { Stand } from './stand.ts';
import { type Statement, statementsOf, type TakenBack, type Voices } from './statements.ts';

export interface LexicalTurn {
  /** Number of the turn, from 1. */
  turn: number;
  speaker: string;
  text: string;
}

/** Where a speaker stands on an issue at the end of the turns given. */
export interface LexicalReading {
  speaker: string;
  issue: string;
  /** 0..6. */
  position: number;
  act: Act;
  /** The verbatim sentence that says so. */
  quote: string;
  turn: number;
}

interface Held extends LexicalReading {
  isPlain: boolean;
}

/**
 * Reads positions without a model: a documented baseline, not a judge to trust. A clause is matched against the
 * words that set an issue's anchors apart (and against what comes before what), then stance words, denials,
 * comparisons ("closer to A than to B", "half way between"), conditions and retractions place it on the scale.
 * Questions, other people's views and bare conditions are no stand. The latest word counts; a sentence that takes no
 * side never overrules one that does. A speaker who said nothing that fits an issue has no reading on it.
 *
 * Known limits: irony, anaphora over sentences, paraphrase that shares no word with an anchor.
 */
export function readLexically(input: {
  issues: readonly LexicalIssue[];
  turns: readonly LexicalTurn[];
  /** What speakers are called in the speeches, where that is not what `turns` calls them. */
  names?: ReadonlyMap<string, readonly string[]>;
}): LexicalReading[] {
  const speakers = [...new Set(input.turns.map((turn) => turn.speaker))];
  const reader = lexicalReader(input.issues, speakers, input.names);
  for (const turn of input.turns) reader.hear(turn);
  return reader.readings();
}

export interface LexicalReader {
  /** Takes in one more turn and gives the statements found in it. */
  hear(turn: LexicalTurn): readonly Statement[];
  /** Where everybody stands after the turns heard so far. */
  readings(): LexicalReading[];
}

/** An agenda is read with many times, and comes anew from every prompt. */
const models = new WeakMap<readonly LexicalIssue[], IssueModel[]>();
const modelsOfAgenda = remembering(64, (agenda: string) => modelIssues(JSON.parse(agenda)));

function modelsOf(issues: readonly LexicalIssue[]): IssueModel[] {
  const known =
    models.get(issues) ??
    modelsOfAgenda(
      JSON.stringify(issues.map(({ id, title, question, anchors }) => ({ id, title, question, anchors }))),
    );
  models.set(issues, known);
  return known;
}

type TurnReader = (text: string) => readonly Statement[];

/** Whole turns read before, by the models and by whose words they are: they are read again after every round and by every speaker. */
const turnReaders = new WeakMap<
  readonly IssueModel[],
  WeakMap<SpeakerNames, WeakMap<SpeakerNames, TurnReader>>
>();
const mostTurnsOfOne = 150;

function turnReader(models: readonly IssueModel[], voices: Voices): TurnReader {
  const withModels = turnReaders.get(models) ?? new WeakMap();
  turnReaders.set(models, withModels);
  const amongThem = withModels.get(voices.everyone) ?? new WeakMap();
  withModels.set(voices.everyone, amongThem);
  const ofOne =
    amongThem.get(voices.others) ??
    remembering(mostTurnsOfOne, (text: string) => statementsOf(text, models, voices));
  amongThem.set(voices.others, ofOne);
  return ofOne;
}

/**
 * The same reading, turn by turn. `speakers` are all of them, so that it is seen when one tells another's view; `names` what each is called
 * beside that.
 */
export function lexicalReader(
  issues: readonly LexicalIssue[],
  speakers: readonly string[],
  names: ReadonlyMap<string, readonly string[]> = new Map(),
): LexicalReader {
  const models = modelsOf(issues);
  const namesOf = (speaker: string) => [speaker, ...(names.get(speaker) ?? [])];
  const everyone = speakerNames(speakers.flatMap(namesOf));
  const readers = new Map<string, TurnReader>();
  const readerOf = (speaker: string): TurnReader => {
    const known = readers.get(speaker);
    if (known) return known;
    const others = speakers.filter((other) => other !== speaker).flatMap(namesOf);
    const found = turnReader(models, { everyone, others: speakerNames(others) });
    readers.set(speaker, found);
    return found;
  };
  const held = new Map<string, Held[]>();
  const lastIssue = new Map<string, string>();
  return {
    hear(turn) {
      const statements = readerOf(turn.speaker)(turn.text);
      for (const statement of statements) {
        const issue = statement.issue ?? lastIssue.get(turn.speaker);
        if (issue === undefined) continue;
        lastIssue.set(turn.speaker, issue);
        const key = `${turn.speaker}\u0000${issue}`;
        held.set(key, after(held.get(key) ?? [], { ...statement, issue }, turn));
      }
      return statements;
    },
    readings: () =>
      [...held.values()]
        .flatMap((history) => history.at(-1) ?? [])
        .map(({ isPlain: _, ...reading }) => reading),
  };
}

/** A speaker's history on one issue after one more statement; the last entry is the present stand. */
function after(history: Held[], statement: Statement & { issue: string }, turn: LexicalTurn): Held[] {
  const present = history.at(-1) ?? null;
  const base = {
    speaker: turn.speaker,
    issue: statement.issue,
    act: statement.act,
    quote: statement.quote,
    turn: turn.turn,
  };
  const { stand } = statement;
  if (stand.type === 'taken-back') return takenBack(history, base, stand);
  if (present?.isPlain && !statement.isPlain) return history;
  const position = placed(stand, present?.position ?? null);
  return position === null ? history : [...history, { ...base, position, isPlain: statement.isPlain }];
}

/** Back to the last stand that differs from the present one; with none, away from what is refused, or to no stand at all. */
function takenBack(
  history: Held[],
  base: Omit<Held, 'position' | 'isPlain'>,
  { refused }: TakenBack,
): Held[] {
  const present = history.at(-1);
  const earlier = present && history.findLast((held) => Math.abs(held.position - present.position) >= 0.5);
  if (earlier) return [...history, { ...base, position: earlier.position, isPlain: true }];
  const position =
    refused === null ? null : placed({ type: 'not', anchor: refused }, present?.position ?? null);
  if (position !== null) return [...history, { ...base, position, isPlain: true }];
  return refused === null ? [] : history;
}

/** Least distance that a refused anchor leaves. */
const refusedWithin = 1.5;

/**
 * The position a stand gives; a move counts from the present one and gives none where that is not known. A refusal alone says only where its speaker is not: it leaves a stand that already keeps
 * away from the anchor as it was, moves one that does not to 2 points from it, and on its own puts an unknown speaker
 * nearer to the other end.
 */
function placed(stand: Stand, present: number | null): number | null {
  if (stand.type === 'at') return Math.round(stand.position * 4) / 4;
  if (stand.type === 'towards') {
    const way = present === null ? 0 : stand.anchor - present;
    return present === null ? null : present + Math.sign(way) * Math.min(stand.points, Math.abs(way));
  }
  if (stand.anchor === 3) return null;
  if (present === null) return stand.anchor === 0 ? 4.5 : 1.5;
  if (Math.abs(present - stand.anchor) >= refusedWithin) return null;
  return stand.anchor === 0 ? 2 : 4;
}
