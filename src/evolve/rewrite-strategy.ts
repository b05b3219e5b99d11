import type { ComparisonAims, MeasureId } from '../batch/comparison-aims.ts';
import { type DebateMeasures, gain, measureOf } from '../compare/measures.ts';
import { inUnits } from '../compare/numbers-in-words.ts';
import type { CallRecord } from '../debate/calls.ts';
import { type Debate, nameOf, quotedOf, type Verdict } from '../debate/debate.ts';
import { seededInteger } from '../debate/seeded-random.ts';
import { groundTurn, problemsOf } from '../grounding/turn-grounding.ts';
import { renderRedrafting } from '../prompts/drafting.ts';
import {
  type EvolvingPrompts,
  type RewritingAsked,
  readRewriting,
  renderRewriting,
  type ShownDebate,
  type ShownSpeech,
} from '../prompts/evolving.ts';
import type { StrategySource } from '../prompts/strategy-file.ts';
import { fidelityOf } from '../run/reading/fidelity.ts';
import { callOnce, type SingleCallContext } from '../run/single-call.ts';
import { decimal, position } from '../text/figures.ts';
import type { Writing } from './types.ts';

/** Debates shown to the model that rewrites. */
const mostShown = 3;
/** Faults listed for one speech. */
const mostProblems = 4;

/** The debates of a strategy that did worst on the first primary measure, the worst first, one an article; failed ones tell nothing. */
export function weakestDebates(
  debates: readonly DebateMeasures[],
  strain: string,
  { primary, within }: ComparisonAims,
): DebateMeasures[] {
  const measure = measureOf(primary[0] as MeasureId);
  const ranked = debates
    .filter(({ arm, failed }) => arm === strain && failed === undefined)
    .map((debate) => {
      const value = measure.of(debate, within);
      return { debate, goodness: value === null ? Number.NEGATIVE_INFINITY : gain(measure, value) };
    })
    .sort((one, other) => one.goodness - other.goodness || (one.debate.cell < other.debate.cell ? -1 : 1));
  const firstOfArticle = new Map(ranked.toReversed().map(({ debate }) => [debate.article, debate]));
  return ranked
    .map(({ debate }) => debate)
    .filter((debate) => firstOfArticle.get(debate.article) === debate)
    .slice(0, mostShown);
}

/** A debate as the model that rewrites sees it: every speech with what code found wrong in it, and every reading. */
export function shownDebate(
  debate: Debate,
  measured: DebateMeasures,
  { primary, within }: ComparisonAims,
): ShownDebate {
  const measure = measureOf(primary[0] as MeasureId);
  const value = measure.of(measured, within);
  return {
    article: debate.started.article.title,
    outcome: `${measure.title(within)} ${value === null ? 'could not be read' : inUnits(measure, value)}`,
    speeches: shownSpeeches(debate),
    readings: debate.verdicts.map((verdict) => ({
      round: verdict.round,
      text: readingInWords(debate, verdict),
    })),
  };
}

function shownSpeeches(debate: Debate): ShownSpeech[] {
  const { started, turns, verdicts, questions } = debate;
  const { agenda, article, cast } = started;
  const speeches = turns.filter(({ kind }) => kind === 'speech');
  const fidelity = fidelityOf({ agenda, cast, turns: speeches, readings: verdicts });
  return speeches.map(({ turn, round, speaker, text }) => {
    const own = fidelity.find((each) => each.speaker === speaker);
    const crossed = own?.redLinesCrossed.filter((line) => line.turn === turn) ?? [];
    const broken = own?.roleBreaks.filter((each) => each.turn === turn) ?? [];
    const grounding = groundTurn({
      ...{ text, passages: article.passages, agenda },
      castNames: cast.flatMap((member) => [member.name, member.short]),
      earlierTurns: turns.filter((earlier) => earlier.turn < turn),
      questions: questions.map((question) => question.text),
      ...quotedOf(debate, { turn, round }),
    });
    const problems = [
      ...crossed.map(({ quote, redLine }) => `"${quote}" crosses its own red line: ${redLine}`),
      ...broken.map((each) => `"${each.text}" is not said in its role.`),
      ...problemsOf(grounding),
    ];
    return {
      turn,
      round,
      speaker,
      name: nameOf(debate, speaker),
      text,
      problems: problems.slice(0, mostProblems),
    };
  });
}

/** "C 0.31. Sanctions relief: State official 2.0, Negotiator 4.5. …" */
function readingInWords(debate: Debate, { cells, convergence }: Verdict): string {
  const issues = debate.started.agenda.map(({ id, title }) => {
    const stands = cells
      .filter((cell) => cell.issue === id)
      .map((cell) => {
        const stand = cell.stand === 'position' ? position(cell.position) : 'no stand';
        return `${nameOf(debate, cell.speaker)} ${stand}`;
      });
    return `${title}: ${stands.join(', ')}.`;
  });
  const hollow = convergence?.hollow.isHollow ? ' The agreement was hollow.' : '';
  return `C ${decimal(convergence?.principals ?? null)}.${hollow} ${issues.join(' ')}`;
}

/** Room for a whole strategy file, and for thoughts before it. */
const mostRewritingTokens = 12_000;

/** A file may be given so often: once, and once more with the faults of the first. */
const mostTries = 2;

/** Has a model rewrite a strategy; a file that does not load is asked for once more, with its faults. */
export async function rewriteStrategy(
  asked: RewritingAsked,
  {
    prompts,
    shipped,
    seed,
    ...context
  }: SingleCallContext & {
    prompts: EvolvingPrompts;
    /** The strategies that a file may extend. */
    shipped: StrategySource;
    seed: number;
  },
): Promise<Writing> {
  const calls: CallRecord[] = [];
  const repaired: string[] = [];
  let failedUsd = 0;
  let messages = renderRewriting(prompts, asked);
  for (let tried = 0; tried < mostTries; tried++) {
    const reply = await callOnce(
      {
        messages,
        maxOutputTokens: mostRewritingTokens,
        temperature: null,
        seed: seededInteger(seed, 'rewrite', asked.id, tried),
      },
      context,
    );
    if (!reply.ok) {
      const { reason, message } = reply.failure;
      return { type: 'stopped', reason: reason === 'stopped' ? 'stopped' : 'failed', message };
    }
    calls.push(reply.value.record);
    failedUsd += reply.value.failedUsd;
    const read = readRewriting(reply.value.text, { id: asked.id, parent: asked.file, shipped });
    if (read.ok) {
      const { file: text, reason } = read.value;
      return { type: 'written', text, reason, repaired, calls, failedUsd };
    }
    repaired.push(...read.failure.message.split('\n'));
    messages = renderRedrafting(prompts, messages, reply.value.text, read.failure.message.split('\n'));
  }
  return { type: 'unusable', faults: repaired, calls, failedUsd };
}
