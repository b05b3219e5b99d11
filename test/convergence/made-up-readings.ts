import type { Agenda } from '../../src/debate/agenda.ts';
import type { Act, JudgeSample, Reading } from '../../src/debate/readings.ts';
import type { CastMember } from '../../src/debate/setup.ts';
import type { Cell } from '../../src/debate/verdict.ts';

/** An agenda of issues with the weights given, in this order: a, b, c and so on. */
export function agendaOf(...weights: number[]): Agenda {
  return weights.map((weight, place) => ({
    id: String.fromCharCode(97 + place),
    title: `Issue ${place}`,
    question: 'How much?',
    weight,
    anchors: { 0: 'nothing', 3: 'half', 6: 'all' },
    passages: [],
  }));
}

export function member(id: string, more: Partial<CastMember> = {}): CastMember {
  return { id, name: `The ${id}`, short: id, principal: true, redLines: [], opening: {}, ...more };
}

export function reading(
  speaker: string,
  issue: string,
  position: number,
  more: Partial<Reading> = {},
): Reading {
  return { speaker, issue, position, act: 'propose', quote: `${speaker} on ${issue}`, turn: 1, ...more };
}

export function sample(number: number, readings: Reading[], more: Partial<JudgeSample> = {}): JudgeSample {
  const speakers = [...new Set(readings.map(({ speaker }) => speaker))];
  return {
    sample: number,
    speakerOrder: speakers,
    issueOrder: [],
    reversed: false,
    outcome: 'read',
    failure: '',
    readings,
    rejected: [],
    ...more,
  };
}

/** Samples that all read the same matrix: positions by speaker, then issue. */
export function unanimous(
  samples: number,
  matrix: Record<string, Record<string, number>>,
  more: { act?: Act; turn?: number } = {},
): JudgeSample[] {
  const readings = Object.entries(matrix).flatMap(([speaker, row]) =>
    Object.entries(row).map(([issue, position]) => reading(speaker, issue, position, more)),
  );
  return Array.from({ length: samples }, (_, number) => sample(number, readings));
}

export function stand(
  speaker: string,
  issue: string,
  position: number,
  more: Partial<Extract<Cell, { stand: 'position' }>> = {},
): Extract<Cell, { stand: 'position' }> {
  return {
    stand: 'position',
    speaker,
    issue,
    position,
    mean: position,
    variance: 0,
    spread: 0,
    samples: 3,
    act: 'propose',
    quote: `${speaker} on ${issue}`,
    turn: 1,
    ...more,
  };
}
