import type { Debate } from '../../debate/debate.ts';
import { currentRound } from '../../debate/next.ts';
import type { Layout } from './layout.ts';
import { cutText, fitted, justified, type Row, rowWidth, span } from './span.ts';

/** What is always said of simulated words, and its form for narrow screens. */
const simulated = ' SIMULATED: not a language model ';
const simulatedShort = ' SIMULATED ';

/** The title, the round and whether the words are simulated. */
export function headerRows({ debate, layout }: { debate: Debate | null; layout: Layout }): Row[] {
  const { columns } = layout;
  const rule: Row[] = layout.header > 1 ? [[span('─'.repeat(columns), 'faint')]] : [];
  if (!debate) return [fitted([span(' parley', 'accent')], columns), ...rule];
  const mark = columns >= 100 ? simulated : simulatedShort;
  const right: Row = [
    span(roundOf(debate, columns), 'muted'),
    ...(debate.started.control ? [span(` CONTROL: ${debate.started.control} `, 'mark')] : []),
    ...(debate.started.simulated ? [span(mark, 'mark')] : []),
    span(' '),
  ];
  const room = columns - rowWidth(right) - 10;
  const title = cutText(debate.started.scenario.title, Math.max(0, room));
  return [justified([span(' parley', 'accent'), span(`  ${title}`, 'strong')], right, columns), ...rule];
}

function roundOf(debate: Debate, columns: number): string {
  const [round, rounds] = [currentRound(debate), debate.settings.rounds];
  return columns < 60 ? `${round}/${rounds} ` : `round ${round} of ${rounds} `;
}
