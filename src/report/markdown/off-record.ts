import { decimal, position } from '../../text/figures.ts';
import { anchor } from '../html/anchors.ts';
import { gapPoints, offRecordMeaning, offRecordOf } from '../model/off-record.ts';
import { issueTitle, personOf, type Subject } from '../model/subject.ts';
import { line, table } from './text.ts';

/** What was said off the record beside what was read in public; empty where nobody was asked. */
export function offRecordText(subject: Subject): string {
  const polls = offRecordOf(subject);
  const last = polls.at(-1);
  if (!last) return '';
  const publicC = (round: number) =>
    subject.verdicts.find((verdict) => verdict.round === round)?.convergence?.principals ?? null;
  const byRound = polls.map(({ round, principals, gaps }) => [
    String(round),
    decimal(publicC(round)),
    decimal(principals),
    ...subject.cast.map(({ id }) => gapPoints(gaps.find(({ speaker }) => speaker === id)?.gap ?? null)),
  ]);
  const stands = last.stands.map(({ speaker, issue, why, ...at }) => [
    line(personOf(subject, speaker).name),
    line(issueTitle(subject, issue)),
    at.public === null ? '–' : `[${position(at.public)}](#${anchor.reading(speaker, issue, last.round)})`,
    position(at.private),
    line(why),
  ]);
  const unread = last.unread.map((id) => line(personOf(subject, id).name));
  return [
    '## Off the record',
    offRecordMeaning,
    table(
      ['Round', 'C in public', 'C in private', ...subject.cast.map(({ short }) => `${line(short)}: gap`)],
      byRound,
    ),
    `After round ${last.round}:`,
    table(['Who', 'On', 'In public', 'In private', 'Why'], stands, 2),
    ...(unread.length > 0 ? [`No answer could be read of: ${unread.join(', ')}.`] : []),
  ].join('\n\n');
}
