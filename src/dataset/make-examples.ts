import { createHash } from 'node:crypto';
import type { Mask } from '../convergence/mask-names.ts';
import { partyLetter, shuffledTurns } from '../convergence/sample-plan.ts';
import { scale } from '../debate/agenda.ts';
import type { ChatMessage } from '../debate/calls.ts';
import { type Debate, nameOf } from '../debate/debate.ts';
import type { Evidence, JudgeSample, Reading } from '../debate/readings.ts';
import { renderReading } from '../prompts/render-moderator.ts';
import { readingMask } from '../prompts/render-reading.ts';
import { estimateTokens } from '../text/token-estimate.ts';
import type { DebateExample, PairExample, ReadingExample } from './formats/training-format.ts';
import type { Pair, RankingRule } from './pairs/pair-of-family.ts';
import { asExported, type ExampleOptions, promptTokens, windowed } from './persona-rows.ts';
import { foldedSystem } from './persona-side.ts';
import { type ExportedDebate, provenanceOf } from './row-provenance.ts';

export function debateExample(exported: ExportedDebate, { notes }: ExampleOptions): DebateExample {
  const { debate } = exported;
  return {
    turns: debate.turns.map((turn) => ({
      turn: turn.turn,
      round: turn.round,
      speaker: turn.speaker,
      name: nameOf(debate, turn.speaker),
      kind: turn.kind,
      text: turn.text,
      notes: notes ? turn.notes : null,
      author: turn.author ?? 'model',
    })),
    verdicts: debate.verdicts.map(({ round, convergence }) => ({
      round,
      convergence: convergence?.principals ?? null,
      convergence_low: convergence?.interval?.low ?? null,
      convergence_high: convergence?.interval?.high ?? null,
      confidence: convergence?.confidence.level ?? 'none',
    })),
    positions: debate.verdicts.flatMap(({ round, cells }) =>
      cells.flatMap((cell) => {
        if (cell.stand === 'abstain') return [];
        const { speaker, issue, position, quote, turn } = cell;
        return [{ round, speaker, issue, position, quote, turn }];
      }),
    ),
    statement: debate.statement?.text ?? '',
    answers: debate.answers.map(({ persona, answer, reason }) => ({ persona, answer, reason })),
    provenance: provenanceOf(exported, null, {
      learned: null,
      verified: 0,
      tokens: estimateTokens(debate.turns.map(({ text }) => text).join('\n')),
    }),
  };
}

/** The judge's call of one sample as it was made, with the answer that would have been right; null where there is none. */
export function readingExample(
  exported: ExportedDebate,
  before: Debate,
  sample: JudgeSample,
  promptHash: string | null,
  options: ExampleOptions & { fullFrom?: number | undefined },
): ReadingExample | null {
  const answer = judgeAnswer(before, sample, readingMask(exported.set, before.started.cast, sample));
  if (answer === null) return null;
  const prompt = renderReading(exported.set, before, sample, options.fullFrom);
  const isVerified = createHash('sha256').update(JSON.stringify(prompt)).digest('hex') === promptHash;
  const messages: ChatMessage[] = [...prompt, { role: 'assistant', content: answer }];
  return {
    messages: options.foldSystem ? foldedSystem(messages) : messages,
    round: before.verdicts.length + 1,
    sample: sample.sample,
    provenance: {
      ...provenanceOf(exported, null, {
        learned: null,
        verified: isVerified ? 1 : 0,
        tokens: promptTokens(messages),
      }),
      ...(sample.judge === undefined ? {} : { judge_model: sample.judge }),
    },
  };
}

export function pairExample(pair: Pair, rule: RankingRule, options: ExampleOptions): PairExample | null {
  const { from, persona, messages, chosen, rejected, differs, isVerified } = pair;
  const prompt = windowed(asExported(messages, from, options), options.window);
  if (prompt === null) return null;
  const tokens = promptTokens(prompt) + Math.max(estimateTokens(chosen.text), estimateTokens(rejected.text));
  return {
    prompt,
    chosen: chosen.text,
    rejected: rejected.text,
    rankedBy: rule,
    chosenScore: chosen.score,
    rejectedScore: rejected.score,
    chosenDebate: chosen.exported.debate.started.debate,
    rejectedDebate: rejected.exported.debate.started.debate,
    differs,
    promptOf: pair.isShared ? 'both' : 'chosen',
    provenance: provenanceOf(from, persona, {
      learned: [chosen.speech.turn],
      verified: isVerified && prompt.length === messages.length ? 1 : 0,
      tokens,
    }),
  };
}

/**
 * What a judge that made no mistake would have replied in one sample: the readings whose quotes code has checked,
 * as that sample saw the debate (parties by letter, the scale turned, names masked). null where nothing that it
 * claimed held, which teaches nothing.
 */
function judgeAnswer(debate: Debate, sample: JudgeSample, mask: Mask): string | null {
  if (sample.outcome === 'failed') return null;
  const { control, seed } = debate.started;
  const speeches = debate.turns.filter(({ kind }) => kind === 'speech');
  const shownAs =
    control === 'shuffled-turns' ? shuffledTurns(speeches, seed).shownAs : (turn: number) => turn;
  // Masking a part of a text may differ from the part of the masked text where a name is cut.
  const maskedIn = (words: string, said: number) => {
    const speech = debate.turns.find(({ turn }) => turn === said);
    const masked = mask(words).text;
    return speech && mask(speech.text).text.includes(masked) ? masked : null;
  };
  const masked = <Quoted extends Evidence>(list: readonly Quoted[]): Quoted[] =>
    list.flatMap((words) => {
      const quote = maskedIn(words.quote, words.turn);
      return quote === null ? [] : [{ ...words, quote }];
    });
  const seen = masked(sample.readings);
  if (seen.length === 0 && (sample.rejected.length > 0 || sample.readings.length > 0)) return null;
  const readings = inOrder(seen, sample).map(({ speaker, issue, position, act, quote, turn, why }) => ({
    party: partyLetter(sample, speaker),
    issue,
    position: sample.reversed ? scale.high - position : position,
    act,
    quote,
    turn: shownAs(turn),
    ...(why === undefined ? {} : { why: why && maskedIn(why, turn) }),
  }));
  const evidence = (list: readonly Evidence[] | undefined) =>
    list &&
    masked(list).map(({ speaker, turn, quote, ...more }) => ({
      ...{ party: partyLetter(sample, speaker), ...more, quote, turn: shownAs(turn) },
    }));
  // A list that the judge was not asked for stays out; what it was asked for it answers, be it empty.
  return JSON.stringify({
    readings,
    agreements: evidence(sample.agreements),
    pledges: evidence(sample.pledges),
    crossings: evidence(sample.crossings),
    role_breaks: evidence(sample.roleBreaks),
    facts: evidence(sample.facts),
  });
}

function inOrder(readings: readonly Reading[], { speakerOrder, issueOrder }: JudgeSample): Reading[] {
  const place = ({ speaker, issue }: Reading) =>
    speakerOrder.indexOf(speaker) * issueOrder.length + issueOrder.indexOf(issue);
  return [...readings].sort((one, other) => place(one) - place(other));
}
