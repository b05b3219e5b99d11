import { expect, it } from 'vitest';
import { readEnvironment } from '../../src/cli/environment.ts';
import { misplacedOption } from '../../src/cli/misplaced-option.ts';
import { createProgram } from '../../src/cli/program.ts';

const program = createProgram(readEnvironment(), () => {});

it.each([
  [['--model', 'simulator'], /--model is an option of parley run \(also of .*batch.*: parley run --model …/],
  [['--rounds=3'], /parley run --rounds …/],
  [['--openai-batch', 'plan.yaml'], /parley batch --openai-batch …/],
])('says which command %j belongs to', (args, expected) => {
  expect(misplacedOption(program, args)).toMatch(expected);
});

it.each([
  [['--help']],
  [['-h']],
  [['--version']],
  [['-V']],
  [['run', '--model', 'simulator']],
  [['--nobody-knows-this']],
  [[]],
])('leaves %j as it is', (args) => {
  expect(misplacedOption(program, args)).toBeNull();
});
