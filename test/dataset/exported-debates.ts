import type { ExportedDebate } from '../../src/dataset/row-provenance.ts';
import { speechFactsOf } from '../../src/dataset/speech-facts.ts';
import type { Debate } from '../../src/debate/debate.ts';
import type { JudgeSample } from '../../src/debate/readings.ts';
import { HarbourDebate, harbourPrompts } from '../prompts/harbour.ts';

/** Speeches of the harbour's debate: with a citation, a quotation, and in one fork an invented figure. */
export function speechOf(speaker: string, turn: number): string {
  return `I speak as ${speaker} in turn ${turn}. The gate was closed for the farms [P2], and I would accept a fifth.`;
}

/** A small debate on the harbour's prompts, held to its end by hand. */
export async function harbourDebate(
  textOf: (speaker: string, turn: number) => string = speechOf,
  strategy = 'plain',
): Promise<HarbourDebate> {
  const made = new HarbourDebate(await harbourPrompts(strategy), { rounds: 2 });
  made.hold(textOf);
  made.drafted('The parties agree on a meter and on nothing else.', []);
  made.add({ type: 'debate-ended', reason: 'round-limit', detail: 'All 2 rounds were held.' });
  return made;
}

export function exportedOf({ set, debate }: Pick<HarbourDebate, 'set' | 'debate'>): ExportedDebate {
  return { set, debate, speeches: speechFactsOf(debate, null), group: 'harbour-2021', isShared: true };
}

/** The same debate under another id, as a fork of one at a turn. */
export function asFork(exported: ExportedDebate, id: string, of: string, turn: number): ExportedDebate {
  const { debate } = exported;
  const started = { ...debate.started, debate: id, forkedFrom: { debate: of, turn } };
  return { ...exported, debate: { ...debate, started } };
}

/** What a judge read of the debate in its first round, upside down. */
export function sampleOf(debate: Debate): JudgeSample {
  const [first, second] = debate.started.cast;
  const speech = debate.turns.find(({ speaker }) => speaker === first?.id);
  return {
    sample: 0,
    speakerOrder: debate.started.cast.map(({ id }) => id).reverse(),
    issueOrder: debate.started.agenda.map(({ id }) => id),
    reversed: true,
    outcome: 'read',
    failure: '',
    readings: [
      {
        speaker: first?.id ?? '',
        issue: debate.started.agenda[0]?.id ?? '',
        position: 2,
        act: 'commit',
        quote: 'I would accept a fifth',
        turn: speech?.turn ?? 0,
      },
    ],
    rejected: [{ speaker: second?.id ?? '', issue: 'price', quote: 'never said', reason: 'quote-not-found' }],
  };
}
