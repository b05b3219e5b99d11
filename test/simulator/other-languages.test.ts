import { expect, test } from 'vitest';
import { runDebate } from '../../src/index.ts';
import { memoryOf } from '../../src/simulator/memory.ts';
import type { PromptIssue } from '../../src/simulator/parse-prompt.ts';
import { placementsIn } from '../../src/simulator/stand-reader.ts';
import { writerOf } from '../../src/simulator/templates.ts';

const wind: PromptIssue = {
  id: 'depth',
  title: 'La distancia a la costa',
  question: '¿A qué distancia se levantan los molinos?',
  weight: 1,
  passages: [],
  anchors: {
    0: 'los molinos se levantan a menos de cinco millas, sobre los caladeros de siempre',
    3: 'los molinos se levantan a doce millas y un corredor queda abierto para la flota',
    6: 'ningún molino se levanta en aguas donde faena la flota',
  },
  isForeign: true,
};
const argument = 'Donde faena la flota vive un pueblo entero.';
const stand = `La distancia a la costa : ${wind.anchors[6]}.`;

test('in another language only words that state an anchor are a stand, not an argument that shares some of them', () => {
  expect(placementsIn([wind], argument)).toEqual([]);
  expect(placementsIn([wind], stand)).toMatchObject([{ issue: 'depth', place: { at: 6 }, quote: stand }]);
});

test('in English an argument in an anchor’s words is still heard as one', () => {
  const { isForeign: _, ...issue } = wind;
  expect(placementsIn([issue], argument)).not.toEqual([]);
});

test('a debate in French is read from its stands alone, and nobody crosses a line of its own', async () => {
  const debate = await runDebate({ scenario: 'us-dprk-talks-fr', rounds: 3, seed: 5, stopEarly: false });
  const { started, verdicts } = await debate.result();
  const leads = started.agenda.map(({ title }) => `${title} : `);
  const quotes = verdicts.flatMap(({ cells }) =>
    cells.flatMap((cell) => ('quote' in cell ? [cell.quote] : [])),
  );
  expect(quotes.length).toBeGreaterThan(10);
  expect(quotes.filter((quote) => !leads.some((lead) => quote?.startsWith(lead)))).toEqual([]);
  expect(verdicts.flatMap(({ convergence }) => convergence?.ownLines?.crossed ?? [])).toEqual([]);
});

test('in another language a sentence of two words is not said twice in a speech', () => {
  const writer = writerOf(memoryOf([]), () => 0.5, {}, false);
  const slots = { Arg: 'Kazanç azaldı.' };
  expect([writer.write([], slots), writer.write([], slots)]).toEqual(['Kazanç azaldı.', null]);
});
