import type { PlannedCell } from '../batch/expand-plan.ts';
import { meanOrNone } from '../convergence/statistics.ts';
import { callsOf, type Debate, fold, peopleIn, quotedOf, type Turn } from '../debate/debate.ts';
import { factLedgers, factsKept as keptFacts, factsShared as sharedFacts } from '../grounding/alive-facts.ts';
import { groundTurn } from '../grounding/turn-grounding.ts';
import type { JournalStore } from '../journal/types.ts';
import { fidelityOf, type PersonaFidelity } from '../run/reading/fidelity.ts';
import { refusesTask } from '../run/reading/refusals.ts';
import type { DebateMeasures } from './measures.ts';
import { createReportShelf, type ReportedDebate } from './reported-debate.ts';

/** Where a debate stands in a comparison; see `expandPlan`. */
export interface PlaceInPlan {
  arm: string;
  article: string;
  cell: string;
}

/** Measures a debate from its events alone, by code. It needs to know its arm only to say it. */
export function measureDebate(debate: Debate, { arm, article, cell }: PlaceInPlan): DebateMeasures {
  const converged = debate.verdicts.find((verdict) => verdict.advice.stop === 'converged');
  const callsFromCache = callsOf(debate).filter(({ fromCache }) => fromCache).length;
  const speeches = debate.turns.filter((turn) => turn.kind === 'speech');
  const refusals = speeches
    .filter((speech) => declines(debate, speech))
    .map(({ turn, text }) => ({ turn, text: firstWords(text) }));
  return {
    debate: debate.started.debate,
    arm,
    article,
    cell,
    converged: converged !== undefined,
    rounds: converged?.round ?? debate.verdicts.length,
    principals: debate.verdicts.at(-1)?.convergence?.principals ?? null,
    grounding: groundedShare(debate, speeches),
    fidelity: faithfulShare(debate, speeches),
    hollow: hollowShare(debate),
    ...factMeasures(debate),
    costUsd: debate.totals.unpricedCalls > 0 ? null : debate.totals.costUsd,
    ...(callsFromCache > 0 ? { callsFromCache } : {}),
    aborted: isAborted(debate),
    ...(debate.ended?.reason === 'failed' ? { failed: debate.ended.detail } : {}),
    ...(refusals.length > 0 ? { refusals } : {}),
    simulated: debate.started.simulated,
    ...(peopleIn(debate).length > 0 ? { people: true as const } : {}),
    ...(debate.started.control ? { control: debate.started.control } : {}),
  };
}

function factMeasures({ started, traced }: Debate): Pick<DebateMeasures, 'factsKept' | 'factsShared'> {
  const facts = started.facts ?? [];
  const factsKept = keptFacts(factLedgers(facts, traced));
  const factsShared = sharedFacts(facts, started.cast, traced);
  return {
    ...(factsKept === null ? {} : { factsKept }),
    ...(factsShared === null ? {} : { factsShared }),
  };
}

function isAborted({ ended }: Debate): boolean {
  return ended === null || ['budget', 'stopped', 'failed'].includes(ended.reason);
}

/** The provider said so, or its words do. A count with a quote beside it, for a reader to judge; no measure rests on it. */
function declines(debate: Debate, speech: Turn): boolean {
  return ['refused', 'filtered'].includes(speech.ending) || refusesTask(debate, speech);
}

function firstWords(text: string): string {
  const words = text.trim().replace(/\s+/g, ' ');
  return words.length <= 80 ? words : `${words.slice(0, 79).trimEnd()}…`;
}

/** Share of the claims in all speeches that cite a passage or turn that exists; null where nothing was claimed. */
function groundedShare(debate: Debate, speeches: readonly Turn[]): number | null {
  const { agenda, article, cast } = debate.started;
  const { passages } = article;
  const castNames = cast.flatMap(({ name, short }) => [name, short]);
  let claims = 0;
  let cited = 0;
  for (const { turn, round, speaker, text } of speeches) {
    const earlierTurns = debate.turns.filter((earlier) => earlier.turn < turn);
    const quoted = quotedOf(debate, { turn, round });
    const knows = cast.find(({ id }) => id === speaker)?.knows;
    const grounding = groundTurn({ text, passages, agenda, castNames, earlierTurns, knows, ...quoted });
    claims += grounding.claims;
    cited += grounding.claimsCited;
  }
  return claims === 0 ? null : cited / claims;
}

/**
 * Mean over personas of the share of their speeches that stay in the role: no red line of their own crossed, no leaving the role. Only
 * speeches of rounds that were read count; null where none was.
 */
function faithfulShare({ started, verdicts }: Debate, speeches: readonly Turn[]): number | null {
  const { agenda, cast } = started;
  const read = new Set(verdicts.flatMap(({ round, convergence }) => (convergence ? [round] : [])));
  const shares = fidelityOf({ agenda, cast, turns: speeches, readings: verdicts }).flatMap((fidelity) => {
    const own = speeches.filter(({ speaker, round }) => speaker === fidelity.speaker && read.has(round));
    const breached = breachedTurns(fidelity);
    return own.length === 0 ? [] : [1 - own.filter(({ turn }) => breached.has(turn)).length / own.length];
  });
  return meanOrNone(shares);
}

function breachedTurns({ redLinesCrossed, roleBreaks }: PersonaFidelity): Set<number> {
  return new Set([...redLinesCrossed, ...roleBreaks].map(({ turn }) => turn));
}

function hollowShare({ verdicts }: Debate): number | null {
  return meanOrNone(
    verdicts.flatMap(({ convergence }) => (convergence ? [Number(convergence.hollow.isHollow)] : [])),
  );
}

export interface MeasuredCells {
  debates: DebateMeasures[];
  /** What the page shows of them; empty where it was not asked for. */
  reported: readonly ReportedDebate[];
  /** Debates that are stored and cannot be read, and why. */
  unreadable: { debate: string; message: string }[];
  /** Debates left out because people wrote some of their speeches. */
  withPeople: string[];
}

export interface MeasuringChoices {
  /** Is everything kept that the page shows? */
  isReported: boolean;
  /** True measures debates in which people wrote speeches too. */
  people?: boolean;
}

/** Measures what is stored of planned debates; those not begun are left out. */
export async function measureCells(
  cells: Iterable<PlannedCell>,
  store: JournalStore,
  { isReported, people = false }: MeasuringChoices,
): Promise<MeasuredCells> {
  const shelf = createReportShelf();
  const measured: MeasuredCells = { debates: [], reported: shelf.debates, unreadable: [], withPeople: [] };
  for (const cell of cells) {
    for (const { id, arm } of cell.debates) {
      const stored = await store.read(id);
      if (!stored.ok) {
        if (stored.failure.reason !== 'not-found') {
          measured.unreadable.push({ debate: id, message: stored.failure.message });
        }
        continue;
      }
      const debate = fold(stored.value.events);
      if (!debate) continue;
      const measures = measureDebate(debate, { arm: arm.id, article: cell.articleUnit, cell: cell.id });
      if (measures.people && !people) {
        measured.withPeople.push(id);
        continue;
      }
      measured.debates.push(measures);
      if (isReported) shelf.add(debate, measures, stored.value.files);
    }
  }
  return measured;
}
