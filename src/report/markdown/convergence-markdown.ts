import type { Debate } from '../../debate/debate.ts';
import {
  byPerson,
  caucusCallSentence,
  caucusTitle,
  movePhrase,
  offersInWords,
} from '../../debate/phrases.ts';
import { beyondOthersLines, ownLinesCrossed } from '../../debate/red-lines.ts';
import type { Convergence } from '../../debate/verdict.ts';
import { change, decimal, noNumber, percent, position, range } from '../../text/figures.ts';
import {
  acceptanceInWords,
  crossedInWords,
  namer,
  roundsNamed,
  warningsByRounds,
} from '../model/cautions.ts';
import {
  anchor,
  gapPoints,
  issueTitle,
  movesRead,
  nobodyMoved,
  offRecordMeaning,
  offRecordOf,
  personOf,
  readVerdicts,
  type Subject,
} from '../model/subject.ts';
import { line, quoted, table } from './markdown-text.ts';

export function convergenceText(subject: Subject): string {
  const { verdicts } = subject;
  if (verdicts.length === 0) return '## Convergence\n\nNo positions were read: the first round did not end.';
  const rows = verdicts.map(({ round, convergence, advice }) => {
    if (!convergence)
      return [String(round), 'not read', ...Array(6).fill(noNumber), line(namer(subject)(advice.why))];
    const { principals, interval, all, min, coverage, ownLines, acceptable } = convergence;
    const between = interval ? range(interval) : noNumber;
    const shares = [coverage, ownLines?.kept ?? null, acceptable.share].map(percent);
    const figures = [decimal(all), decimal(min), ...shares];
    return [
      String(round),
      `**${decimal(principals)}**`,
      between,
      ...figures,
      line(namer(subject)(advice.why)),
    ];
  });
  const warnings = warningsByRounds(subject).map(
    ({ text, rounds }) => `- ${roundsNamed(rounds)}: ${line(text)}`,
  );
  const head = [
    'Round',
    'C',
    '95% interval',
    'Everyone',
    'Least issue',
    'Coverage',
    'Own red lines kept',
    'Acceptance',
    'Advice',
  ];
  return [
    '## Convergence',
    'How close the principals stand to one another: 1 is one common position on every issue, 0 is opposite ends on all. It says nothing about whether a deal is good; giving in converges too.',
    table(head, rows),
    ...(warnings.length > 0 ? [`**Read with care**\n\n${warnings.join('\n')}`] : []),
  ].join('\n\n');
}

export function movementText(subject: Subject, movements: Convergence['movements']): string {
  const last = readVerdicts(subject).at(-1);
  if (!last) return '';
  const { cast } = subject;
  const names = cast.map(({ short }) => line(short));
  const moved = (speaker: string, towards: string) => {
    const found = movements.find((one) => one.speaker === speaker && one.towards === towards);
    return speaker === towards ? '' : found ? change(found.amount) : '–';
  };
  const agreed = (one: string, other: string) => {
    const pair = last.convergence.pairs.find(
      ({ a, b }) => (a === one && b === other) || (a === other && b === one),
    );
    return one === other ? '' : decimal(pair?.agreement ?? null);
  };
  const matrix = (value: (one: string, other: string) => string) =>
    cast.map(({ id, short }) => [line(short), ...cast.map((other) => value(id, other.id))]);
  return [
    '## Who moved',
    ...movesInWords(subject),
    'Movement of rows towards where columns began, from start to end, in shares of the scale:',
    table(['', ...names], matrix(moved)),
    `Agreement of each two after round ${last.round}, 0 to 1:`,
    table(['', ...names], matrix(agreed)),
  ].join('\n\n');
}

/** Changes of stand with the words that show them and the reason given; nothing where reasons were not read. */
function movesInWords(subject: Subject): string[] {
  const moves = movesRead(subject);
  if (moves === null) return [];
  if (moves.length === 0) return [nobodyMoved];
  const lines = moves.map(({ speaker, issue, kind, from, to, turn, quote, why }) => {
    const who = line(personOf(subject, speaker).name);
    const on = line(issueTitle(subject, issue));
    const reason = why === null ? '' : ` Reason: “${line(why)}”`;
    return `- ${who} on ${on}, ${position(from)} to ${position(to)} (${movePhrase[kind]}): “${line(quote)}” ([T${turn}](#${anchor.turn(turn)}))${reason}`;
  });
  return [lines.join('\n')];
}

/** Own red lines crossed, then the distance to acceptance. */
export function redLinesText(subject: Subject): string {
  const last = readVerdicts(subject).at(-1);
  if (!last || subject.cast.every(({ redLines }) => redLines.length === 0)) return '';
  const named = namer(subject);
  const own = ownLinesCrossed(last.convergence).map((one) => {
    const quote = one.quote === null ? '' : ` “${line(one.quote)}”`;
    return `- **${line(crossedInWords(subject, one))}**${quote}`;
  });
  const others = beyondOthersLines(last.convergence).map(({ holder, speaker, issue, min, max, ...at }) => {
    const who = personOf(subject, speaker).name;
    const stand = `[${position(at.position)}](#${anchor.reading(speaker, issue, last.round)})`;
    return `- ${line(who)} stands at ${stand} on ${line(named(issue))}: beyond the red line of ${line(named(holder))} (${position(min)} to ${position(max)}).`;
  });
  return [
    '## Red lines',
    own.length > 0 ? own.join('\n') : 'At the end no persona stands beyond a red line of its own.',
    `Distance to acceptance: ${acceptanceInWords(last.convergence.acceptable.share)}`,
    ...(others.length > 0 ? [others.join('\n')] : []),
  ].join('\n\n');
}

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
    ...(unread.length > 0 ? [`The answers of ${unread.join(', ')} could not be read.`] : []),
  ].join('\n\n');
}

/** What two principals said to each other in private, and what they offered there; nothing where they never did. */
export function caucusText(debate: Debate): string {
  const { caucus, caucusCalls, caucusReadings } = debate;
  if (caucus.length === 0 && caucusCalls.length === 0) return '';
  const rounds = [...new Set([...caucusCalls, ...caucus].map(({ round }) => round))];
  return [
    '## In private',
    'Heard by the two who spoke and by no other persona, and read apart: what was offered here moves no figure of this report.',
    ...rounds.flatMap((round) => {
      const call = caucusCalls.find((one) => one.round === round);
      const read = caucusReadings.find((one) => one.round === round);
      return [
        `### Before round ${round}`,
        ...(call ? [line(caucusCallSentence(debate, call))] : []),
        ...caucus
          .filter((one) => one.round === round)
          .flatMap((one) => [
            `**${line(caucusTitle(debate, one))}**${one.author ? ` (${byPerson})` : ''}`,
            quoted(one.text),
          ]),
        ...(read
          ? [
              'Offered there:',
              offersInWords(debate, read)
                .map((offer) => `- ${line(offer)}`)
                .join('\n'),
            ]
          : []),
      ];
    }),
  ].join('\n\n');
}
