import { measureOf } from '../compare/measures.ts';
import { inUnits } from '../compare/numbers-in-words.ts';
import { dollars } from '../text/figures.ts';
import { amountOfEvidence } from './claim-sentence.ts';
import type { Lineage, Strain } from './lineage.ts';
import type { OpenEvolution } from './open-evolution.ts';
import { diffOf } from './run-evolution.ts';
import type { Stage } from './types.ts';

/** Where an evolution is. */
export interface EvolutionAt {
  stage: Stage | null;
  lineage: Lineage;
  costUsd: number | null;
}

/** A strategy of the tree as it is shown. */
export interface SeenStrain {
  readonly id: string;
  readonly parent: string | null;
  readonly state: Strain['state'] | 'testing';
  readonly isChampion: boolean;
  /** The first primary measure over the test articles it was looked at on, beside its parent's; empty where it was not tested. */
  readonly index: string;
  /** What its evidence came to, in words. */
  readonly evidence: string;
  readonly reason: string;
  /** What it changed of its parent, line by line; empty for the start. */
  readonly diff: readonly string[];
}

export interface SeenTree {
  readonly stage: string;
  readonly strains: readonly SeenStrain[];
}

/** The tree of an evolution, parents before their children. */
export function evolutionLook(
  { design, startFile }: Pick<OpenEvolution, 'design' | 'startFile'>,
  at: EvolutionAt,
): SeenTree {
  const { lineage, stage } = at;
  const { strains } = lineage;
  const under = (parent: string | null): Strain[] =>
    [...strains.values()]
      .filter((strain) => strain.parent === parent)
      .flatMap((strain) => [strain, ...under(strain.id)]);
  const fileOf = (id: string) => strains.get(id)?.text || startFile;
  const measure = measureOf(design.aims.primary[0] ?? 'principals');
  const figure = (value: number | null) => (value === null ? '–' : inUnits(measure, value));
  return {
    stage: [stageWords(stage), ...(at.costUsd === null ? [] : [dollars(at.costUsd)])].join(' · '),
    strains: under(null).map((strain): SeenStrain => {
      const { id, parent, judged, reason, text } = strain;
      const isTesting = stage?.type === 'testing' && stage.child === id;
      const evidence = judged?.evidence ?? (isTesting ? (stage.standing?.evidence ?? []) : []);
      const diff =
        parent === null || text === ''
          ? []
          : diffOf({ id, file: text, parent: fileOf(parent), parentId: parent })
              .split('\n')
              .slice(3);
      return {
        ...{ id, parent, reason, diff, isChampion: lineage.champion === id },
        state: isTesting && !judged ? 'testing' : strain.state,
        index: judged ? `${figure(judged.value.child)} (parent ${figure(judged.value.parent)})` : '',
        evidence: evidence.map((each) => evidenceInWords(each, design.aims.within)).join('; '),
      };
    }),
  };
}

type Evidence = NonNullable<Strain['judged']>['evidence'][number];

/** "C at the end 1.8 of the 40 needed", "C at the end beyond shuffled-turns 0.4 of the 40 needed", "grounding kept 2.1 of the 40 needed". */
function evidenceInWords({ asks, measure, control, evidence, needed }: Evidence, within: number): string {
  const title = measureOf(measure).title(within);
  const what = { gain: title, excess: `${title} beyond ${control}`, kept: `${title} kept` }[asks];
  return `${what} ${amountOfEvidence(evidence)} of the ${amountOfEvidence(needed)} needed`;
}

/** What is being done, in a few words. */
export function stageWords(stage: Stage | null): string {
  switch (stage?.type) {
    case 'writing':
      return `generation ${stage.generation}: writing ${stage.child}`;
    case 'testing':
      return `testing ${stage.child} on ${stage.articles} of ${stage.of} articles`;
    case 'claiming':
      return `comparing ${stage.champion} with the start on the sealed articles`;
    default:
      return 'no test under way';
  }
}
