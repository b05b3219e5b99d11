import { compareArms } from '../compare/compare-arms.ts';
import type { DebateMeasures } from '../compare/measures.ts';
import { signFlip } from '../compare/statistics/sign-flip.ts';
import { seededRandom } from '../debate/seeded-random.ts';
import type { Control } from '../debate/setup.ts';
import {
  controlArm,
  excessOf,
  gainsByArticle,
  levelOfChild,
  looksAt,
  type Standing,
  standingOf,
} from './admission.ts';
import { claimSentence } from './claim-sentence.ts';
import { type Lineage, type LineageEntry, lineageOf, lineageVersion, type Strain } from './lineage.ts';
import type { EvolutionDesign, EvolutionWork, Evolved, LineageLog, Stage, Stop } from './types.ts';

/**
 * Breeds, tests and claims, on from where the log stands. A child is tested against its parent on the test articles, in their order
 * and with looks on the way, and admitted by `standingOf`. The admitted child with the most evidence is the next parent. Once no
 * generation is left, or no money for one, the champion is compared with the start on the sealed articles, once and for all.
 */
export async function evolve(
  design: EvolutionDesign,
  work: EvolutionWork,
  log: LineageLog,
  onStage: (stage: Stage, lineage: Lineage) => void = () => {},
): Promise<Evolved> {
  const entries = [...log.entries];
  let lineage = lineageOf(entries);
  const note = async (entry: LineageEntry) => {
    await log.append(entry);
    entries.push(entry);
    lineage = lineageOf(entries);
  };
  const stamp = () => ({ v: lineageVersion, at: work.now() }) as const;

  const write = async (id: string, generation: number): Promise<Stop | null> => {
    if (lineage.strains.has(id)) return null;
    const parent = lineage.champion;
    onStage({ type: 'writing', child: id, generation }, lineage);
    const written = await work.write({ id, parent: lineage.strains.get(parent) as Strain, lineage });
    if (written.type === 'stopped') return written;
    const { calls, failedUsd } = written;
    const key = { ...stamp(), child: id, parent, generation, calls, failedUsd };
    if (written.type === 'unusable') {
      await note({ type: 'child-unusable', ...key, faults: written.faults });
    } else {
      const { text, reason, repaired } = written;
      await note({ type: 'child-written', ...key, text, reason, repaired });
    }
    return null;
  };

  const test = async (id: string): Promise<Stop | null> => {
    const strain = lineage.strains.get(id);
    if (strain?.state !== 'written') return null;
    const { split, aims, controls, proof } = design;
    const number = lineage.tested + 1;
    const level = levelOfChild(aims.level, number);
    const pair = { child: id, parent: strain.parent as string };
    let standing: Standing | null = null;
    let articles = 0;
    for (const look of looksAt(split, design.lookEvery)) {
      onStage({ type: 'testing', child: id, articles: look, of: split.test.length, standing }, lineage);
      articles = look;
      const looked = split.test.slice(0, look);
      const { debates, stop } = await work.measure([pair.parent, id], looked, 'test');
      if (stop) return stop;
      const left = split.test.length - look;
      standing = standingOf(pair, debates, { looked, left }, { aims, controls, proof, level });
      if (standing.state !== 'open') break;
    }
    const { evidence = [], value = { child: null, parent: null } } = standing ?? {};
    await note({
      ...{ type: 'child-judged', ...stamp(), child: id, number, level, articles, evidence, value },
      outcome: standing?.state === 'admitted' ? 'admitted' : 'not-shown',
    });
    return null;
  };

  const claim = async (): Promise<Stop | null> => {
    const { champion } = lineage;
    const { start, split, aims, controls, seed } = design;
    if (champion === start || lineage.claim) return null;
    onStage({ type: 'claiming', champion }, lineage);
    const { debates, stop } = await work.measure([start, champion], split.sealed, 'claim');
    if (stop) return stop;
    const arms = [champion, start];
    const own = debates.filter(({ arm }) => arms.includes(arm));
    const comparison = compareArms({ title: `${champion} against ${start}`, arms, debates: own, aims, seed });
    const excess = controls.map((control) => ({
      control,
      p: excessOfClaim(debates, { champion, start, control }, design),
    }));
    const [pair] = comparison.pairs;
    // The guards were tested when it was admitted; few sealed articles cannot show them once more.
    const isAhead = pair?.ahead === champion || (pair?.finding === 'better' && pair.winner === champion);
    const isBetter = isAhead && excess.every(({ p }) => p <= aims.level);
    const sentence = claimSentence({ champion, start, comparison, excess, isBetter, level: aims.level });
    await note({ type: 'claim-made', ...stamp(), champion, comparison, excess, isBetter, sentence });
    return null;
  };

  const breed = async (): Promise<Stop | null> => {
    for (let generation = lineage.generations + 1; generation <= design.generations; generation++) {
      const ids = Array.from({ length: design.children }, (_, index) =>
        childId(design.start, generation, index),
      );
      for (const id of ids) {
        const stop = (await write(id, generation)) ?? (await test(id));
        if (stop) return stop;
      }
      const champion = strongest(ids, lineage) ?? lineage.champion;
      await note({ type: 'generation-ended', ...stamp(), generation, champion });
    }
    return null;
  };

  const bred = lineage.claim ? null : await breed();
  if (bred && bred.reason !== 'budget') return { lineage, stop: bred };
  const claimed = await claim();
  return { lineage, stop: claimed ?? bred };
}

/** The first generation's first child of `plain` is plain-1a. */
function childId(start: string, generation: number, index: number): string {
  return `${start}-${generation}${letters(index)}`;
}

function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** Of children that were admitted, the one with the most evidence of a gain in proportion to what it needed. */
function strongest(ids: readonly string[], { strains }: Lineage): string | null {
  const strengthOf = (id: string) => {
    const judged = strains.get(id)?.judged;
    if (judged?.outcome !== 'admitted') return 0;
    const gains = judged.evidence.filter(({ asks }) => asks === 'gain');
    return Math.max(...gains.map(({ evidence, needed }) => evidence / needed));
  };
  const [first] = ids
    .map((id) => ({ id, strength: strengthOf(id) }))
    .sort((one, other) => other.strength - one.strength);
  return first && first.strength > 0 ? first.id : null;
}

function excessOfClaim(
  debates: readonly DebateMeasures[],
  { champion, start, control }: { champion: string; start: string; control: Control },
  { aims, split, seed }: EvolutionDesign,
): number {
  const options = { aims, looked: split.sealed };
  const ps = aims.primary.map((measure) => {
    const gains = gainsByArticle(debates, { child: champion, parent: start }, measure, options);
    const arms = { child: controlArm(champion, control), parent: controlArm(start, control) };
    const bought = gainsByArticle(debates, arms, measure, options);
    const excess = excessOf(
      gains.map((each) => each ?? 0),
      bought,
    );
    const random = seededRandom(seed, 'excess', control, measure);
    return signFlip(excess, random, { alternative: 'greater' }).p;
  });
  return Math.min(1, aims.primary.length * Math.min(...ps));
}
