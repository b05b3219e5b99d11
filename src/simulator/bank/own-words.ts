import { seededRandom } from '../../debate/seeded-random.ts';
import { remembering } from '../../text/memo.ts';
import { fixedParts, settle } from '../spin.ts';
import * as closings from './closings.ts';
import * as moves from './moves.ts';
import * as replies from './replies.ts';
import * as stands from './stands.ts';

const settlings = 10;
const runLength = 3;

/** Word runs that stand in the simulator's own templates: phrases that carry no argument and are not worth answering. */
const runs: ReadonlySet<string> = new Set(
  [closings, moves, replies, stands].flatMap((bank) =>
    Object.values(bank).flatMap((templates: readonly string[]) =>
      templates.flatMap((template) => {
        const random = seededRandom('own words', template);
        return Array.from({ length: settlings }, () => fixedParts(settle(template, random)))
          .flat()
          .flatMap(runsOf);
      }),
    ),
  ),
);

const tooMany = 0.3;

/** Is a text mostly made of phrases that the simulator uses around arguments? */
export const isPadding: (text: string) => boolean = remembering(1000, (text: string) => {
  const own = runsOf(text);
  return own.length > 0 && own.filter((run) => runs.has(run)).length / own.length >= tooMany;
});

function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
  return words
    .slice(0, Math.max(0, words.length - runLength + 1))
    .map((_, at) => words.slice(at, at + runLength).join(' '));
}
