import { maskNames } from '../convergence/mask-names.ts';
import { partyLetter } from '../convergence/sample-plan.ts';
import { shuffledTurns } from '../convergence/shuffled-turns.ts';
import { scale } from '../debate/agenda.ts';
import type { Debate } from '../debate/debate.ts';
import type { JudgeSample, Reading } from '../debate/verdict.ts';

/**
 * What a judge that made no mistake would have replied in one sample: the readings whose quotes code has checked,
 * as that sample saw the debate (parties by letter, the scale turned, names masked). null where nothing that it
 * claimed held, which teaches nothing.
 */
export function judgeAnswer(debate: Debate, sample: JudgeSample): string | null {
  if (sample.outcome === 'failed') return null;
  const { cast, control, seed } = debate.started;
  const mask = maskNames(cast, sample);
  const speeches = debate.turns.filter(({ kind }) => kind === 'speech');
  const shownAs =
    control === 'shuffled-turns' ? shuffledTurns(speeches, seed).shownAs : (turn: number) => turn;
  const seen = sample.readings.flatMap((reading) => {
    const speech = debate.turns.find((turn) => turn.turn === reading.turn);
    const quote = mask(reading.quote).text;
    // Masking a part of a text may differ from the part of the masked text where a name is cut.
    return speech && mask(speech.text).text.includes(quote) ? [{ ...reading, quote }] : [];
  });
  if (seen.length === 0 && (sample.rejected.length > 0 || sample.readings.length > 0)) return null;
  const readings = inOrder(seen, sample).map(({ speaker, issue, position, act, quote, turn }) => ({
    party: partyLetter(sample, speaker),
    issue,
    position: sample.reversed ? scale.high - position : position,
    act,
    quote,
    turn: shownAs(turn),
  }));
  return JSON.stringify({ readings });
}

function inOrder(readings: readonly Reading[], { speakerOrder, issueOrder }: JudgeSample): Reading[] {
  const place = ({ speaker, issue }: Reading) =>
    speakerOrder.indexOf(speaker) * issueOrder.length + issueOrder.indexOf(issue);
  return [...readings].sort((one, other) => place(one) - place(other));
}
