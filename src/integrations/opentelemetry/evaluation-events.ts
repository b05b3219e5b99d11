import type { Attributes, Span } from '@opentelemetry/api';
import { measureDebate } from '../../compare/measure-debate.ts';
import type { Debate, Verdict } from '../../debate/debate.ts';

interface Score {
  name: string;
  value: number | null;
  label?: string;
}

/**
 * Adds the figures of a reading to its span, one `gen_ai.evaluation.result` event each. Code computed them from quoted
 * positions; no event holds a quotation.
 */
export function addVerdict(span: Span, { convergence, failure, round }: Verdict, at: Date): void {
  const facts = { 'parley.round': round };
  if (convergence === null) {
    span.addEvent(
      'gen_ai.evaluation.result',
      { ...facts, 'gen_ai.evaluation.name': 'convergence.principals', 'error.type': 'invalid-reply' },
      at,
    );
    if (failure !== '') span.setAttribute('parley.verdict.outcome', 'failed');
    return;
  }
  const { principals, all, min, coverage, hollow, acceptable, confidence } = convergence;
  addScores(
    span,
    [
      { name: 'convergence.principals', value: principals, label: `${confidence.level} confidence` },
      { name: 'convergence.all', value: all },
      { name: 'convergence.min', value: min },
      { name: 'convergence.coverage', value: coverage },
      { name: 'acceptable', value: acceptable.share },
      {
        name: 'hollow',
        value: Number(hollow.isHollow),
        label: hollow.isHollow ? 'hollow' : 'not hollow',
      },
    ],
    facts,
    at,
  );
}

/** Adds what a whole debate measures to its span. */
export function addOutcome(span: Span, debate: Debate, at: Date): void {
  const { principals, grounding, fidelity, hollow, converged } = measureDebate(debate, {
    arm: debate.started.strategy,
    article: debate.started.article.title,
    cell: debate.started.debate,
  });
  const scores = [
    { name: 'convergence.principals', value: principals, label: converged ? 'converged' : 'not converged' },
    { name: 'grounding', value: grounding },
    { name: 'fidelity', value: fidelity },
    { name: 'hollow.rate', value: hollow },
  ];
  addScores(span, scores, {}, at);
}

/** Figures without enough evidence are left out: no score is invented. */
function addScores(span: Span, scores: readonly Score[], facts: Attributes, at: Date): void {
  for (const { name, value, label } of scores) {
    if (value === null) continue;
    span.addEvent(
      'gen_ai.evaluation.result',
      {
        ...facts,
        'gen_ai.evaluation.name': name,
        'gen_ai.evaluation.score.value': value,
        ...(label === undefined ? {} : { 'gen_ai.evaluation.score.label': label }),
      },
      at,
    );
  }
}
