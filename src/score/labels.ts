import { join } from 'node:path';
import { z } from 'zod';
import { type PredictionPoweredIndex, predictionPoweredIndex } from '../convergence/prediction-powered.ts';
import { principalsOf, type Stands, standsOf } from '../convergence/stands.ts';
import { type Issue, identifierSchema, positionSchema } from '../debate/agenda.ts';
import { type Debate, nameOf } from '../debate/debate.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Cell } from '../debate/verdict.ts';
import { openSideFile, type SideFile } from '../journal/side-file.ts';
import { parsedJson } from '../text/json-in-text.ts';

/** What a person read in one quote. */
const labelSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('stand-labelled'),
  /** Milliseconds since 1970. */
  at: z.int().nonnegative(),
  speaker: identifierSchema,
  issue: identifierSchema,
  turn: z.int().positive(),
  /** The quote that was shown. */
  quote: z.string().min(1),
  /** 0..6; null: the quote takes no stand on the issue. */
  position: positionSchema.nullable(),
});

export type Label = z.infer<typeof labelSchema>;
export type LabelFile = SideFile<Label>;

/** Opens labels.jsonl in a run's folder. The last label of a quote counts. */
export function openLabels(runFolder: string): Outcome<LabelFile, 'damaged' | 'not-writable'> {
  return openSideFile(join(runFolder, 'labels.jsonl'), labelSchema);
}

/** A quote that a person can label, without what the judge made of it. */
export interface LabelCase {
  speaker: string;
  name: string;
  issue: Issue;
  turn: number;
  quote: string;
  /** The speech that holds the quote. */
  speech: string;
  label: Label | null;
}

type StandCell = Extract<Cell, { stand: 'position' }>;

/**
 * The quotes that a debate's readings rest on, those first that a label tells most about: where the judge's samples
 * disagree, weighted by the issue; then those of principals; then later ones. Each quote comes once.
 */
export function labelCases(debate: Debate, labels: readonly Label[]): LabelCase[] {
  const principals = new Set(principalsOf(debate.started.cast));
  const cells = new Map<string, StandCell>();
  for (const cell of debate.verdicts.flatMap((verdict) => verdict.cells)) {
    if (cell.stand === 'position') cells.set(keyOf(cell), cell);
  }
  const issues = new Map(debate.started.agenda.map((issue) => [issue.id, issue]));
  const told = ({ variance, issue }: StandCell) => Math.sqrt(variance) * (issues.get(issue)?.weight ?? 0);
  const isPrincipal = ({ speaker }: StandCell) => (principals.has(speaker) ? 1 : 0);
  return [...cells.values()]
    .sort(
      (one, other) =>
        told(other) - told(one) || isPrincipal(other) - isPrincipal(one) || other.turn - one.turn,
    )
    .flatMap((cell) => {
      const issue = issues.get(cell.issue);
      const turn = debate.turns[cell.turn - 1];
      if (!issue || !turn) return [];
      const { speaker, quote } = cell;
      const label = labels.findLast((one) => keyOf(one) === keyOf(cell)) ?? null;
      return [
        { speaker, name: nameOf(debate, speaker), issue, turn: cell.turn, quote, speech: turn.text, label },
      ];
    });
}

/** A label of a case, as of now. */
export function labelOf(
  {
    speaker,
    issue,
    turn,
    quote,
  }: Pick<LabelCase, 'speaker' | 'turn' | 'quote'> & { issue: Pick<Issue, 'id'> },
  position: number | null,
  at: number,
): Label {
  return { v: 1, type: 'stand-labelled', at, speaker, issue: issue.id, turn, quote, position };
}

/** How a debate's judge agrees with the people who labelled it. */
export interface LabelSummary {
  labels: number;
  /** Quotes in which a person found no stand although the judge read one. */
  noStand: number;
  /** Root mean square and mean difference, judge less person, in points; null without a label. */
  rootMeanSquare: number | null;
  bias: number | null;
  /** Of the last reading; null where no issue was labelled for every principal. */
  index: PredictionPoweredIndex | null;
}

export function labelSummary(debate: Debate, labels: readonly Label[]): LabelSummary {
  const latest = new Map(labels.map((label) => [keyOf(label), label]));
  const read = new Map<string, StandCell>();
  for (const cell of debate.verdicts.flatMap((verdict) => verdict.cells)) {
    if (cell.stand === 'position') read.set(keyOf(cell), cell);
  }
  const known = [...latest.values()].flatMap((label) => {
    const cell = read.get(keyOf(label));
    return cell ? [{ label, cell }] : [];
  });
  const differences = known.flatMap(({ label, cell }) =>
    label.position === null ? [] : [cell.position - label.position],
  );
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const last = debate.verdicts.at(-1)?.cells ?? [];
  return {
    labels: known.length,
    noStand: known.filter(({ label }) => label.position === null).length,
    rootMeanSquare: differences.length === 0 ? null : Math.sqrt(mean(differences.map((value) => value ** 2))),
    bias: differences.length === 0 ? null : mean(differences),
    index: predictionPoweredIndex(
      debate.started.agenda,
      principalsOf(debate.started.cast),
      standsOf(last),
      labelledStands(last, latest),
    ),
  };
}

/** The stands of a reading as people labelled their quotes. */
function labelledStands(cells: readonly Cell[], labels: ReadonlyMap<string, Label>): Stands {
  const stands = new Map<string, Map<string, number>>();
  for (const cell of cells) {
    if (cell.stand !== 'position') continue;
    const position = labels.get(keyOf(cell))?.position;
    if (position === null || position === undefined) continue;
    const ofIssue = stands.get(cell.issue) ?? new Map<string, number>();
    stands.set(cell.issue, ofIssue.set(cell.speaker, position));
  }
  return stands;
}

function keyOf({
  speaker,
  issue,
  turn,
  quote,
}: {
  speaker: string;
  issue: string;
  turn: number;
  quote: string;
}): string {
  return JSON.stringify([speaker, issue, turn, quote]);
}

/** A label as a program or a spreadsheet gives it: what names the quote, and what was read in it. */
const givenSchema = labelSchema.pick({ speaker: true, issue: true, turn: true, position: true });

/** Reads labels from JSON lines, each for a case of the debate; nothing is taken where one line is wrong. */
export function readGivenLabels(
  text: string,
  cases: readonly LabelCase[],
  at: number,
): Outcome<Label[], 'bad-label'> {
  const labels: Label[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = givenSchema.safeParse(parsedJson(line));
    if (!parsed.success) {
      return failure(
        'bad-label',
        `line ${index + 1} is not {"speaker", "issue", "turn", "position"} with a position of 0 to 6 or null.`,
      );
    }
    const { speaker, issue, turn, position } = parsed.data;
    const found = cases.find((one) => one.speaker === speaker && one.issue.id === issue && one.turn === turn);
    if (!found) {
      return failure(
        'bad-label',
        `line ${index + 1}: no reading of ${speaker} on ${issue} rests on turn ${turn}.`,
      );
    }
    labels.push(labelOf(found, position, at));
  }
  return success(labels);
}
