import { expect, it } from 'vitest';
import { readEnvironment } from '../../src/cli/environment.ts';
import { createProgram, misplacedOption, withHome } from '../../src/cli/program.ts';

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

it.each([
  [['--screen-reader'], ['home', '--screen-reader']],
  [['--theme=light'], ['home', '--theme=light']],
  [
    ['--theme', 'light', 'run'],
    ['--theme', 'light', 'run'],
  ],
  [
    ['--model', 'simulator'],
    ['--model', 'simulator'],
  ],
  [['--help'], ['--help']],
  [
    ['run', '--screen-reader'],
    ['run', '--screen-reader'],
  ],
])('options of home are for home where no command is named: %j', async (typed, meant) => {
  expect(await withHome(typed, load)).toEqual(meant);
});
