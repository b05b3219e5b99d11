import type { Debate } from '../../debate/debate.ts';
import type { DebateEvent } from '../../debate/events.ts';
import { simulatedMark } from '../../debate/phrases.ts';
import { controlSentence } from '../../debate/setup.ts';
import { wrapText } from '../../text/columns.ts';
import { totalsOf } from '../plain-status.ts';
import { paragraphsOf } from '../plain-transcript.ts';
import type { Theme } from '../theme/theme.ts';

/** What stays on the normal screen: how the transcript ends, the verdict, the end and what it cost. */
export function exitSummary(debate: Debate | null, theme: Theme, columns: number): string[] {
  if (!debate) return [];
  const { started, turns, verdicts, polls, statement, answers, ended } = debate;
  const lastTurn = turns.at(-1);
  const last: DebateEvent[] = [
    ...(statement || !lastTurn ? [] : [lastTurn]),
    ...verdicts.slice(-1),
    ...polls.slice(-1),
    ...(statement ? [statement] : []),
    ...answers,
    ...(ended ? [ended] : []),
  ];
  const paragraphs = last.flatMap((event) => paragraphsOf(event, debate, theme));
  return [
    theme.paint(started.scenario.title, 'strong'),
    ...wrapText(started.disclaimer, columns).map((line) => theme.paint(line, 'muted')),
    ...(started.control ? [theme.paint(controlSentence(started.control), 'caution')] : []),
    ...(started.simulated ? [theme.paint(simulatedMark, 'caution')] : []),
    '',
    ...paragraphs.flatMap((text) => [...wrapText(text, columns), '']),
    totalsOf(debate),
  ];
}
