import type { Debate } from '../../debate/debate.ts';
import { currentRound } from '../../debate/next.ts';
import { labelOf, labelWithin, marksOf } from './labels.ts';
import type { Layout } from './layout.ts';
import { cutText, fitted, justified, type Row, rowWidth, span } from './span.ts';

/** The title, the round and that the words are simulated: in full where the footer has no room to say it. */
export function headerRows({ debate, layout }: { debate: Debate | null; layout: Layout }): Row[] {
  const { columns } = layout;
  const rule: Row[] = layout.header > 1 ? [[span('─'.repeat(columns), 'faint')]] : [];
  if (!debate) return [fitted([span(' parley', 'accent')], columns), ...rule];
  const round = roundOf(debate, columns);
  const isBare = layout.footer === 1;
  const marks = isBare ? labelOf(debate, columns - round.length - 30) : marksOf(debate, columns >= 100);
  const right: Row = [span(round, 'muted'), ...marks, span(' ')];
  if (columns - rowWidth(right) < leastRoom) return [fitted(labelWithin(debate, columns), columns), ...rule];
  const room = columns - rowWidth(right) - 10;
  const title = cutText(debate.started.scenario.title, Math.max(0, room));
  return [justified([span(' parley', 'accent'), span(`  ${title}`, 'strong')], right, columns), ...rule];
}

/** Columns for the name of the program; with fewer the label stands alone, for it must not go. */
const leastRoom = 8;

function roundOf(debate: Debate, columns: number): string {
  const [round, rounds] = [currentRound(debate), debate.settings.rounds];
  return columns < 60 ? `${round}/${rounds} ` : `round ${round} of ${rounds} `;
}
