import { readLexically } from '../../convergence/lexical/read-lexically.ts';
import type { JudgeSample } from '../../debate/readings.ts';
import { matchQuote } from '../../grounding/quotes.ts';
import type { JudgeInput } from './judge-input.ts';

/** The one reading of the judge that needs no model; it would say the same again. Its quotes are checked like any judge's. */
export function lexicalSample({ agenda, cast, speeches }: JudgeInput): JudgeSample {
  const read = readLexically({
    issues: agenda,
    turns: speeches,
    names: new Map(cast.map(({ id, name, short }) => [id, [name, short]])),
  });
  const textOf = (turn: number) => speeches.find((speech) => speech.turn === turn)?.text ?? '';
  const isFound = ({ quote, turn }: { quote: string; turn: number }) =>
    matchQuote(quote, textOf(turn)) !== null;
  return {
    sample: 0,
    speakerOrder: cast.map(({ id }) => id),
    issueOrder: agenda.map(({ id }) => id),
    reversed: false,
    outcome: 'read',
    failure: '',
    readings: read.filter(isFound),
    rejected: read
      .filter((reading) => !isFound(reading))
      .map(({ speaker, issue, quote }) => ({ speaker, issue, quote, reason: 'quote-not-found' })),
  };
}
