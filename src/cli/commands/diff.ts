import type { Difference } from '../../dataset/pairs/difference.ts';
import { type Debate, nameOf } from '../../debate/debate.ts';
import { hanging } from '../../text/columns.ts';
import { decimal, position } from '../../text/figures.ts';
import { defineCommand, flag } from '../command.ts';
import { misuse, printResult } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { runHelp, sourceOptions } from '../shared-options.ts';

/** Columns of a line in a terminal. */
const widest = 100;
/** Characters of a speech that are shown where two debates part. */
const shownCharacters = 240;

/** `parley diff`: where two debates part, and what changed in the positions. */
export const command = defineCommand({
  argument: { help: `two runs; each is ${runHelp}` },
  options: { json: flag('--json', 'print the difference as JSON'), ...sourceOptions },
  async action({ args, options }, environment) {
    const { differenceOf } = await import('../../dataset/pairs/difference.ts');
    const { readDebate } = await import('../with-runs.ts');
    const [first, second] = args;
    if (first === undefined || second === undefined || args.length > 2) {
      return misuse(environment, 'Give two runs: parley diff RUN OTHER.');
    }
    const { debate: one } = await readDebate(first, options.transcripts, 'compare');
    const { debate: other } = await readDebate(second, options.transcripts, 'compare');
    const difference = differenceOf(one, other);
    printResult(environment, options, difference, () => {
      const { isTTY, columns } = environment.stdout;
      const lines = inWords(one, other, difference);
      return isTTY ? lines.flatMap((line) => hanging('', line, Math.min(columns, widest))) : lines;
    });
    return exitCode.done;
  },
});

function inWords(one: Debate, other: Debate, difference: Difference): string[] {
  const { sharedTurns, parting, changed, round, lastRead, positions, convergence, ended } = difference;
  const names = { one: one.started.debate, other: other.started.debate };
  const shared =
    sharedTurns === 0
      ? 'They share no turn.'
      : `They share turns 1 to ${sharedTurns} word for word${parting.one || parting.other ? ` and part at turn ${sharedTurns + 1}` : ': they are the same'}.`;
  const lines = [`${names.one} and ${names.other}`, shared];
  for (const [debate, turn] of [
    [one, parting.one],
    [other, parting.other],
  ] as const) {
    if (turn)
      lines.push(`${debate.started.debate}, ${nameOf(debate, turn.speaker)}: ${shortened(turn.text)}`);
    else if (parting.one || parting.other) lines.push(`${debate.started.debate} ends there.`);
  }
  lines.push(
    changed.length === 0 ? 'The settings are the same.' : `Settings that differ: ${changed.join('; ')}.`,
    ...comparedIn(round, lastRead, names),
  );
  if (round !== null) {
    lines.push(
      positions.length === 0
        ? `The readings after round ${round} give the same positions.`
        : `Positions after round ${round} that differ (0 to 6):`,
    );
  }
  for (const { name, issue, one: first, other: second } of positions) {
    lines.push(`- ${name}, ${issue}: ${figure(first)} and ${figure(second)}`);
  }
  if (round !== null) {
    lines.push(
      `Convergence after round ${round}: ${decimal(convergence.one)} and ${decimal(convergence.other)}.`,
    );
  }
  lines.push(`Ended: ${ended.one} and ${ended.other}.`);
  return lines;
}

/** Where one was read further than the other, what is left out of the comparison. */
function comparedIn(
  round: number | null,
  lastRead: Difference['lastRead'],
  names: { one: string; other: string },
): string[] {
  if (round === null) return ['No round was read in both, so their positions are not compared.'];
  return (['one', 'other'] as const).flatMap((which) => {
    const last = lastRead[which];
    return last === null || last === round
      ? []
      : [
          `${names[which]} was read up to round ${last}; both are compared after round ${round}, the last that both have.`,
        ];
  });
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters).replace(/\s+\S*$/, '')} …` : line;
}

function figure(value: number | null): string {
  return value === null ? 'none' : position(value);
}
