import { expect, it } from 'vitest';
import { readEnvironment } from '../../src/cli/environment.ts';
import { createProgram, misplacedOption } from '../../src/cli/program.ts';

const load = () => createProgram(readEnvironment(), 'all', () => {});

it.each([
  [['--model', 'simulator'], /--model is an option of parley run \(also of .*batch.*: parley run --model …/],
  [['--rounds=3'], /parley run --rounds …/],
  [['--openai-batch', 'plan.yaml'], /parley batch --openai-batch …/],
])('says which command %j belongs to', async (args, expected) => {
  expect(await misplacedOption(args, load)).toMatch(expected);
});

it.each([
  [['--help']],
  [['-h']],
  [['--version']],
  [['-V']],
  [['run', '--model', 'simulator']],
  [['--nobody-knows-this']],
  [[]],
])('leaves %j as it is', async (args) => {
  expect(await misplacedOption(args, load)).toBeNull();
});
