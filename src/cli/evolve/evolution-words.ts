import { measureOf } from '../../compare/measures.ts';
import type { FewestArticles } from '../../evolve/admission.ts';
import { type EvolutionAt, evolutionLook, type SeenStrain, stageWords } from '../../evolve/evolution-look.ts';
import type { OpenEvolution } from '../../evolve/open-evolution.ts';
import type { EvolutionResult } from '../../evolve/run-evolution.ts';
import { count, counted, dollars } from '../../text/figures.ts';
import { listed } from '../../text/wording.ts';
import { estimateInWords } from '../spending.ts';

/** What an evolution is and would take: shown before anything is spent. */
export function evolutionOutlook(open: OpenEvolution): string[] {
  const { design, estimate, rewriter, unusedControls, folder, request } = open;
  const { split, generations, children, aims, controls, start } = design;
  const titles = (ids: readonly (typeof aims.primary)[number][]) =>
    listed(ids.map((id) => measureOf(id).title(aims.within)));
  const guards = aims.guards.length === 0 ? 'no guard' : `no worse on ${titles(aims.guards)}`;
  const beyond = controls.length === 0 ? '' : `, beyond what it gains under ${listed(controls)}`;
  return [
    `Evolution of ${start}: ${counted(generations, 'generation')} of ${counted(children, 'child', 'children')}, written by ${rewriter.spec}, in ${folder}.`,
    `  Articles: ${split.breed.length} to breed on, ${split.test.length} to test on, ${split.sealed.length} sealed for the final claim.`,
    `  A child is admitted when it is shown to be better on ${titles(aims.primary)}${beyond}, ${guards}; all tests together admit one falsely in at most ${aims.level * 100}% of evolutions.`,
    ...(split.sealed.length < fewestToClaim
      ? [`  With fewer than ${fewestToClaim} sealed articles, no final claim can be made.`]
      : []),
    ...(unusedControls.length === 0
      ? []
      : [`  Not run, since their own text replaces the strategy's: ${listed(unusedControls)}.`]),
    `  At most ${counted(estimate.debates, 'debate')} and ${estimateInWords(estimate)}, including what was done before.`,
    ...[
      ...(request.budgetUsd === null ? [] : [dollars(request.budgetUsd)]),
      ...(request.budgetTokens ? [`${count(request.budgetTokens)} tokens`] : []),
    ].map((budget) => `  Budget: ${budget}; what the final claim takes is set aside.`),
  ];
}

/** Two arms on fewer articles cannot reach a p of 0.05: 2 / 2^6. */
const fewestToClaim = 6;

/** Why no child could be admitted, and what would change that. */
export function tooFewInWords(fewest: readonly FewestArticles[]): string[] {
  return fewest.map(({ measure, asks, articles }) => {
    const title = measureOf(measure).title(0).replace(' within 0 rounds', '').replace(', at most 0', '');
    return asks === 'gain'
      ? `Showing a gain in ${title} takes at least ${articles} test articles, even if every one of them gains. Add articles to the plan, or change the parts with --split.`
      : `Showing that ${title} gets no worse takes at least ${articles} test articles, even if all are alike. Widen compare.margins.${measure} in the plan, choose other guards, or add articles.`;
  });
}

/** One line on how far an evolution is. */
export function stageInWords(open: OpenEvolution, at: EvolutionAt): string {
  const { strains, champion } = at.lineage;
  const cost = at.costUsd === null ? '' : `; ${dollars(at.costUsd)}`;
  return `${stageWords(at.stage)}; ${counted(Math.max(0, strains.size - 1), 'child', 'children')} so far, the best is ${champion || open.design.start}${cost}`;
}

const states: Record<SeenStrain['state'], string> = {
  start: 'the start',
  written: 'not tested yet',
  testing: 'being tested',
  unusable: 'its file does not load',
  admitted: 'admitted',
  'not-shown': 'not shown to be better',
};

/** The whole result: the tree, what it came to, and where it lies. */
export function evolutionText(open: OpenEvolution, result: EvolutionResult): string {
  const { strains } = evolutionLook(open, { stage: null, lineage: result.lineage, costUsd: result.costUsd });
  const depth = new Map<string, number>();
  const rows = strains.flatMap((strain) => {
    const own = strain.parent === null ? 0 : (depth.get(strain.parent) ?? 0) + 1;
    depth.set(strain.id, own);
    const indent = '  '.repeat(own);
    const index = strain.index === '' ? '' : ` ${strain.index}`;
    const detail = [strain.evidence === '' ? '' : `evidence: ${strain.evidence}`, strain.reason].filter(
      Boolean,
    );
    return [
      `${indent}${strain.isChampion ? '* ' : ''}${strain.id}: ${states[strain.state]}${index}`,
      ...detail.map((line) => `${indent}    ${line}`),
    ];
  });
  const { rewriter, folder } = open;
  const cost = result.costUsd === null ? '' : `; ${dollars(result.costUsd)}`;
  const simulated = rewriter.simulated
    ? [
        'The built-in simulator wrote the children: this tests the pipeline and tells nothing about language models.',
      ]
    : [];
  return [
    ...rows,
    '',
    result.sentence,
    ...simulated,
    `The best strategy: ${result.bestFile}. Everything is in ${folder}${cost}.`,
    '',
  ].join('\n');
}
