import type { Figure, Validation } from '../../score/validate-judge.ts';
import { inColumns } from '../../text/columns.ts';
import { counted, decimal, percent } from '../../text/figures.ts';

/** How well a judge reads, as text: figures with their 95% intervals, and what its later intervals rest on. */
export function validationText(validation: Validation): string {
  const { judge, transcripts, of, kept, isStopped } = validation;
  const before = kept === 0 ? '' : `, ${kept} of them before and not again`;
  const rows: [string, string, string][] = [
    ['transcripts with a number', ...shown(validation.numbered, percent)],
    ['C is off by, mean', ...shown(validation.indexError, decimal)],
    ['a stand is off by, points, mean', ...shown(validation.cellError, decimal)],
    ['labelled stands that were read', ...shown(validation.cellsRead, percent)],
    ['intervals that hold the true C', ...shown(validation.intervalsHold, percent)],
    ['width of the intervals, mean', ...shown(validation.intervalWidth, decimal)],
    ['quotes found', ...shown(validation.quotes, percent)],
  ];
  return [
    `${judge.spec}, ${counted(judge.samples, 'reading')} each, read ${transcripts} of ${counted(of, 'transcript')} whose truth is known${before}.`,
    '',
    ...inColumns([['', 'figure', '95% interval'], ...rows], { rightFrom: 1 }).map((row) => row.trimEnd()),
    '',
    ...basis(validation),
    ...(isStopped ? ['The budget was used up. The same command continues from here.'] : []),
    ...(judge.simulated
      ? [
          'The simulator is not a language model: this exercises the pipeline and says nothing about any language model.',
        ]
      : []),
    'Constructed transcripts are simpler than real speech: a good figure here is necessary, not sufficient. Add labelled ones of your own.',
    '',
  ].join('\n');
}

function basis({ error, judge }: Validation): string[] {
  if (error === null) return ['Nothing was read, so that its intervals rest on the default error as before.'];
  const labels = error.labels === 0 ? '' : `, ${counted(error.labels, 'stand')} of them labelled by people`;
  return [
    `From now on every interval of ${judge.spec} with this prompt takes its samples to be off together by ${decimal(error.points)} points`,
    `(measured on ${counted(error.transcripts, 'transcript')}${labels}; 0.16 where a judge was never validated).`,
  ];
}

function shown(figure: Figure | null, inWords: (value: number) => string): [string, string] {
  if (figure === null) return ['–', '–'];
  const { value, interval } = figure;
  return [inWords(value), interval ? `${inWords(interval.low)} to ${inWords(interval.high)}` : '–'];
}
