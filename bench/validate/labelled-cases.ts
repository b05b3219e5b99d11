import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Agenda } from '../../src/debate/agenda.ts';
import type { BodyOf } from '../../src/debate/events.ts';
import type { CastMember } from '../../src/debate/setup.ts';
import type { RoleBreak } from '../../src/grounding/role-breaks.ts';
import { checkQuotations, isFaithful } from '../../src/grounding/turn-grounding.ts';
import { readingMask, renderReadingOf } from '../../src/prompts/render-reading.ts';
import type { JsonContext } from '../../src/run/call.ts';
import { fidelityOf } from '../../src/run/reading/fidelity.ts';
import type { JudgeInput } from '../../src/run/reading/judge-input.ts';
import { readSamples } from '../../src/run/reading/read-samples.ts';
import { verdictOf } from '../../src/run/reading/verdict-of.ts';

/** A stand by speaker and issue; null where none was taken. */
const stands = z.record(z.string(), z.record(z.string(), z.number().nullable()));

/**
 * A short transcript with what a careful reader found in it: where everyone stood at first and at last, who moved and for which reason, rounds
 * that only sound agreed, own red lines crossed, roles left, altered quotations, and questions whose words the next speaker repeats.
 */
const labelledSchema = z.object({
  id: z.string(),
  article: z.object({
    title: z.string(),
    passages: z.array(z.object({ id: z.string().regex(/^P\d+$/), text: z.string() })),
  }),
  agenda: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      weight: z.number().positive(),
      scale: z.object({ 0: z.string(), 3: z.string(), 6: z.string() }),
    }),
  ),
  speakers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      principal: z.boolean(),
      redLines: z.array(
        z.object({ issue: z.string(), min: z.number().optional(), max: z.number().optional() }),
      ),
    }),
  ),
  turns: z.array(z.object({ n: z.int(), round: z.int(), speaker: z.string(), text: z.string() })),
  /** What a reader who had not seen the labels replied, by round; absent where nobody has. */
  replies: z.record(z.string(), z.object({ readings: z.array(z.unknown()) }).loose()).optional(),
  labels: z.object({
    opening: stands,
    final: stands,
    moves: z.array(
      z.object({
        turn: z.int(),
        speaker: z.string(),
        issue: z.string(),
        kind: z.enum(['concession', 'hardening', 'drift']),
        reason: z.string().nullable(),
      }),
    ),
    hollowRounds: z.array(z.int()),
    ownLineCrossed: z.array(z.object({ turn: z.int(), speaker: z.string(), issue: z.string() })),
    roleBreaks: z.array(z.object({ turn: z.int(), speaker: z.string(), text: z.string() })),
    fakeQuotes: z.array(z.object({ turn: z.int(), quote: z.string() })),
    watcherQuestions: z.array(
      z.object({ afterTurn: z.int(), text: z.string(), answeredIn: z.int().nullable() }),
    ),
  }),
});

export type Labelled = z.infer<typeof labelledSchema>;

/** The labelled transcripts of a folder, in the order of their names. Throws where one has another form. */
export function labelledIn(folder: string): Labelled[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const parsed = labelledSchema.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    if (parsed.success) return parsed.data;
    throw new Error(`${join(folder, name)}: ${z.prettifyError(parsed.error)}`);
  });
}

/** Right finds, wrong finds and misses. */
export interface Tally {
  right: number;
  wrong: number;
  missed: number;
}

export const measures = [
  'moves',
  'reasons',
  'hollow rounds',
  'own lines crossed',
  'role breaks',
  'altered quotations',
  'stands on a question',
] as const;
export type Scores = Record<(typeof measures)[number], Tally> & {
  /** |read - labelled| of every last stand that both know, in points. */
  errors: number[];
  /** What was not as labelled, for a person. */
  notes: string[];
};

function agendaOf({ agenda }: Labelled): Agenda {
  const total = agenda.reduce((sum, { weight }) => sum + weight, 0);
  return agenda.map(({ id, title, weight, scale }) => ({
    ...{ id, title, question: title, weight: weight / total, anchors: scale, passages: [] },
  }));
}

function castOf({ speakers, agenda }: Labelled): CastMember[] {
  return speakers.map(({ id, name, principal, redLines }) => ({
    ...{ id, name, short: (name.split(' ').at(-1) ?? name).slice(0, 14), principal, opening: {} },
    redLines: redLines.map(({ issue, min = 0, max = 6 }) => {
      const scale = agenda.find((one) => one.id === issue)?.scale;
      const limit = scale === undefined ? issue : wordingAt(scale, min > 0 ? min : max);
      return { issue, min, max, text: `No further than: ${limit}` };
    }),
  }));
}

/** The wording of a position, in between two wordings as a share of the way. */
function wordingAt(scale: Labelled['agenda'][number]['scale'], at: number): string {
  if (at === 0 || at === 3 || at === 6) return scale[at];
  const [low, high] = at < 3 ? ([0, 3] as const) : ([3, 6] as const);
  return `${Math.round(((at - low) / 3) * 100)}% of the way from "${scale[low]}" to "${scale[high]}"`;
}

/** Reads a transcript round by round with the very prompts of a debate, and holds what comes out against its labels. */
export async function scoreLabelled(
  made: Labelled,
  samples: number,
  judge: JsonContext | ((round: number) => JsonContext),
): Promise<Scores> {
  const cast = castOf(made);
  const agenda = agendaOf(made);
  const turns = made.turns.map(({ n, ...turn }) => ({ ...turn, turn: n }));
  const verdicts: BodyOf<'verdict-given'>[] = [];
  const rounds = [...new Set(turns.map(({ round }) => round))];
  for (const round of rounds) {
    const speeches = turns.filter((turn) => turn.round <= round);
    const last = speeches.at(-1)?.turn ?? 0;
    const questions = made.labels.watcherQuestions.filter(({ afterTurn }) => afterTurn < last);
    const input: JudgeInput = { agenda, cast, speeches, questions, round, earlier: verdicts, seed: 1 };
    const record = { ...input, rounds: rounds.length };
    const context = typeof judge === 'function' ? judge(round) : judge;
    const { outcome } = await readSamples(
      {
        ...{ input, samples, temperature: null },
        render: (plan) => renderReadingOf(context.prompts, record, plan),
        mask: (plan) => readingMask(context.prompts, cast, plan),
      },
      context,
    );
    if (!outcome.ok) throw new Error(`${made.id}, round ${round}: ${outcome.message}`);
    verdicts.push(verdictOf(outcome.samples, outcome.calls, input));
  }
  return scoresOf(made, verdicts, turns, cast, agenda);
}

/** Gives what a reader replied in place of a call; throws where nobody has read the round. */
export function keptReplies(made: Labelled, context: JsonContext): (round: number) => JsonContext {
  const usage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, estimated: true };
  return (round) => ({
    ...context,
    modelOf: (role) => ({
      ...context.modelOf(role),
      kept: {
        async recall() {
          const reply = made.replies?.[round];
          if (reply === undefined) throw new Error(`${made.id}, round ${round} has no reply of a reader.`);
          return { text: JSON.stringify(reply), ending: 'complete', usage };
        },
        keep: async () => {},
      },
    }),
  });
}

function scoresOf(
  { id, labels, article }: Labelled,
  verdicts: readonly BodyOf<'verdict-given'>[],
  turns: readonly { turn: number; round: number; speaker: string; text: string }[],
  cast: readonly CastMember[],
  agenda: Agenda,
): Scores {
  const notes: string[] = [];
  const fidelity = fidelityOf({ agenda, cast, turns, readings: verdicts });
  const moves = fidelity.flatMap((persona) => persona.moves);
  const tally = <Found, Label>(
    what: string,
    found: readonly Found[],
    wanted: readonly Label[],
    isSame: (found: Found, label: Label) => boolean,
  ): Tally => {
    const wrong = found.filter((one) => !wanted.some((label) => isSame(one, label)));
    const missed = wanted.filter((label) => !found.some((one) => isSame(one, label)));
    notes.push(...wrong.map((one) => `${id}: wrong ${what} ${JSON.stringify(one)}`));
    notes.push(...missed.map((label) => `${id}: missed ${what} ${JSON.stringify(label)}`));
    return { right: wanted.length - missed.length, wrong: wrong.length, missed: missed.length };
  };
  const isMove = (move: (typeof moves)[number], label: Labelled['labels']['moves'][number]) =>
    move.speaker === label.speaker && move.issue === label.issue && move.turn === label.turn;
  const crossed = fidelity.flatMap(({ speaker, redLinesCrossed }) =>
    redLinesCrossed.map(({ issue, turn }) => ({ speaker, issue, turn })),
  );
  const last = verdicts.at(-1)?.cells ?? [];
  const errors = last.flatMap((cell) => {
    const truth = labels.final[cell.speaker]?.[cell.issue];
    return cell.stand === 'position' && typeof truth === 'number' ? [Math.abs(cell.position - truth)] : [];
  });
  const textOf = (turn: number) => turns.find((one) => one.turn === turn)?.text ?? '';
  const reasoned = labels.moves.filter(({ reason }) => reason !== null);
  return {
    moves: tally(
      'move',
      moves,
      labels.moves,
      (move, label) => isMove(move, label) && move.kind === label.kind,
    ),
    reasons: tally(
      'reason',
      moves.filter(({ why }) => why !== null),
      reasoned,
      (move, label) => isMove(move, label) && overlaps(move.why ?? '', label.reason ?? ''),
    ),
    'hollow rounds': tally(
      'hollow round',
      verdicts.filter(({ convergence }) => convergence?.hollow.isHollow).map(({ round }) => round),
      labels.hollowRounds,
      (round, label) => round === label,
    ),
    'own lines crossed': tally(
      'own line',
      crossed,
      labels.ownLineCrossed,
      (one, label) => one.speaker === label.speaker && one.issue === label.issue && one.turn === label.turn,
    ),
    'role breaks': tally(
      'role break',
      fidelity.flatMap(({ roleBreaks }) => roleBreaks),
      labels.roleBreaks,
      (one, label) => one.turn === label.turn && standsIn(one, label.text, textOf(one.turn)),
    ),
    'altered quotations': tally(
      'quotation',
      alteredIn(turns, article, labels),
      labels.fakeQuotes,
      (one, label) => {
        return one.turn === label.turn && overlaps(one.text, label.quote);
      },
    ),
    'stands on a question': tally(
      'stand on a question',
      standsOnQuestions(labels, verdicts),
      [],
      () => false,
    ),
    errors,
    notes,
  };
}

function overlaps(one: string, other: string): boolean {
  return one !== '' && other !== '' && (one.includes(other) || other.includes(one));
}

function standsIn({ text, start }: RoleBreak, label: string, speech: string): boolean {
  const from = speech.indexOf(label);
  if (start === null) return overlaps(text, label);
  return start < from + label.length && from < start + text.length;
}

function alteredIn(
  turns: readonly { turn: number; text: string }[],
  article: Labelled['article'],
  labels: Labelled['labels'],
): { turn: number; text: string }[] {
  const passages = article.passages.map(({ id, text }) => ({ number: Number(id.slice(1)), text }));
  return turns.flatMap(({ turn, text }, place) => {
    const questions = labels.watcherQuestions
      .filter(({ afterTurn }) => afterTurn < turn)
      .map((one) => one.text);
    const checked = checkQuotations({ text, passages, earlierTurns: turns.slice(0, place), questions });
    return checked
      .filter((quotation) => !isFaithful(quotation) && quotation.isCited !== false)
      .map((quotation) => ({ turn, text: quotation.text }));
  });
}

/** Stands whose words are taken from the turn right behind a question, where the labels say that turn does not answer it. */
function standsOnQuestions(
  { watcherQuestions }: Labelled['labels'],
  verdicts: readonly BodyOf<'verdict-given'>[],
): { turn: number; quote: string }[] {
  const readings = verdicts.flatMap(({ samples }) => samples.flatMap((sample) => sample.readings));
  return watcherQuestions.flatMap(({ afterTurn, text, answeredIn }) =>
    readings
      .filter(({ turn, quote }) => turn === afterTurn + 1 && turn !== answeredIn && sharesRun(quote, text))
      .map(({ turn, quote }) => ({ turn, quote })),
  );
}

/** Four words running, or eight letters of a script without spaces. */
function sharesRun(quote: string, question: string): boolean {
  const isShared = (said: readonly string[], asked: readonly string[], length: number) => {
    const plain = ` ${asked.join(' ')} `;
    return said.some(
      (_, place) =>
        place + length <= said.length && plain.includes(` ${said.slice(place, place + length).join(' ')} `),
    );
  };
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = (text: string) => text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu) ?? [];
  return isShared(words(quote), words(question), 4) || isShared(letters(quote), letters(question), 8);
}

/** The figures of all transcripts together, and what was not as labelled. */
export function labelledReport(scores: readonly Scores[]): string {
  const rows = measures.map((measure) => {
    const sum = (of: (tally: Tally) => number) => scores.reduce((total, one) => total + of(one[measure]), 0);
    const [right, wrong, missed] = [
      sum((one) => one.right),
      sum((one) => one.wrong),
      sum((one) => one.missed),
    ];
    const f1 = right + wrong + missed === 0 ? '-' : ((2 * right) / (2 * right + wrong + missed)).toFixed(2);
    return `${measure.padEnd(22)} F1 ${f1.padEnd(5)} right ${right}, wrong ${wrong}, missed ${missed}`;
  });
  const errors = scores.flatMap((one) => one.errors);
  const mean =
    errors.length === 0 ? '-' : (errors.reduce((sum, one) => sum + one, 0) / errors.length).toFixed(2);
  return [
    `${scores.length} labelled transcripts`,
    ...rows,
    `${'last stands'.padEnd(22)} off by ${mean} points in the mean of ${errors.length}`,
    ...scores.flatMap(({ notes }) => notes.map((note) => `  ${note}`)),
  ].join('\n');
}
