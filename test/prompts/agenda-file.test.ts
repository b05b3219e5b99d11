import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadAgendaFile, parseAgendaFile } from '../../src/prompts/agenda-file.ts';

const issue = (id: string, weight: number) =>
  `  - id: ${id}\n    title: ${id}\n    question: What of ${id}?\n    weight: ${weight}\n    anchors: { 0: none, 3: some, 6: all }\n`;

async function load(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-agenda-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'agenda.yaml');
  await writeFile(path, text);
  const loaded = await loadAgendaFile(path);
  return loaded.ok ? loaded.value : loaded.faults.map(({ line, message }) => `${line}: ${message}`);
}

test('an agenda may stand by itself', async () => {
  expect(await load(`agenda:\n${issue('water', 0.6)}${issue('fish', 0.4)}`)).toMatchObject({
    agenda: [{ id: 'water', weight: 0.6, passages: [] }, { id: 'fish' }],
    cast: [],
  });
});

test('it may say who could sign, where they began and what they will not cross', async () => {
  const cast = `cast:\n  - id: ann\n    name: Ann\n    short: Ann\n    principal: true\n    opening: { water: 1 }\n    redLines: [{ issue: water, max: 3, text: no more }]\n`;
  expect(await load(`agenda:\n${issue('water', 1)}${cast}`)).toMatchObject({
    cast: [
      { id: 'ann', principal: true, opening: { water: 1 }, redLines: [{ issue: 'water', min: 0, max: 3 }] },
    ],
  });
});

test('its faults are those of a scenario, each with its line', async () => {
  expect(await load(`agenda:\n${issue('water', 0.5)}${issue('water', 0.4)}`)).toEqual([
    '1: the weights sum to 0.9, and must sum to 1',
    '7: the issue "water" appears twice',
  ]);
  expect(await load(`agenda:\n${issue('water', 1)}notes: x\n`)).toEqual([
    '7: unknown key "notes"; known: agenda, cast',
  ]);
  const cast = `cast:\n  - id: ann\n    name: Ann\n    short: Ann\n    opening: { watre: 1 }\n`;
  expect(await load(`agenda:\n${issue('water', 1)}${cast}`)).toEqual([
    '11: "watre" is not on the agenda; did you mean "water"?',
  ]);
});

test('a file that is not there is named', async () => {
  const loaded = await loadAgendaFile('/nowhere/agenda.yaml');
  expect(loaded).toEqual({
    ok: false,
    faults: [{ file: '/nowhere/agenda.yaml', line: 1, message: 'agenda.yaml does not exist' }],
  });
});

test('an agenda needs only titles and wordings; the rest follows from them', () => {
  const parsed = parseAgendaFile(
    `agenda:
  - title: Who inspects?
    anchors: { 0: nobody inspects, 3: one side inspects, 6: both sides inspect }
  - title: Les sanctions
    anchors: { 0: they stay, 3: some are lifted, 6: all are lifted }
cast:
  - name: The Minister of the Interior
`,
    'agenda.yaml',
  );
  expect(parsed).toMatchObject({
    ok: true,
    value: {
      agenda: [
        { id: 'who-inspects', question: 'Who inspects?', weight: 0.5, passages: [] },
        { id: 'les-sanctions', question: 'Les sanctions', weight: 0.5 },
      ],
      cast: [
        {
          ...{ id: 'the-minister-of-the-interior', short: 'The Minister', principal: false },
          ...{ redLines: [], opening: {} },
        },
      ],
    },
  });
});

test('weights are given to every issue or to none', () => {
  const issue = (title: string, weight: string) =>
    `  - title: ${title}\n    anchors: { 0: a, 3: b, 6: c }\n${weight}`;
  const parsed = parseAgendaFile(
    `agenda:\n${issue('One', '    weight: 0.5\n')}${issue('Two', '')}`,
    'a.yaml',
  );
  expect(!parsed.ok && parsed.faults[0]?.message).toContain('weigh every issue, or none');
});
