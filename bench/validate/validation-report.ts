import { kinds } from './cases.ts';
import { type Figures, indexOf, lastOf, type Read, trueIndex } from './figures.ts';
import { mean } from './metrics.ts';

interface Checked {
  name: string;
  held: number;
  tried: number;
}

/** What is asked of a capable model judge; `least` or `most` says which way is good. */
const lines: readonly {
  name: string;
  of: (figures: Figures) => number | null;
  least?: number;
  most?: number;
}[] = [
  { name: 'AUROC convergent vs divergent', of: (figures) => figures.convergentVsDivergent, least: 0.95 },
  { name: '  the same by the cue ratio alone', of: (figures) => figures.cueConvergentVsDivergent },
  { name: 'AUROC hollow vs convergent', of: (figures) => figures.hollowVsConvergent, least: 0.9 },
  { name: '  the same by the cue ratio alone', of: (figures) => figures.cueHollowVsConvergent },
  { name: 'Spearman of read and true index', of: (figures) => figures.spearman, least: 0.9 },
  { name: 'mean absolute error of a cell, points', of: (figures) => figures.cellError, most: 0.7 },
  { name: 'ordinal Krippendorff alpha of cells', of: (figures) => figures.alpha, least: 0.8 },
  { name: 'valid quotes', of: (figures) => figures.quotesValid, least: 0.98 },
  {
    name: 'intervals that hold the true index (nominal 0.95)',
    of: (figures) => figures.intervalHolds,
    least: 0.85,
    most: 0.97,
  },
  { name: '  their mean width', of: (figures) => figures.intervalWidth },
  { name: 'cells read', of: (figures) => figures.cellsRead },
  { name: 'transcripts with a number', of: (figures) => figures.numbered },
  { name: 'hollow agreement seen', of: (figures) => figures.hollowSeen },
  { name: '  false alarms', of: (figures) => figures.hollowFalse },
  { name: 'retraction or reneging seen', of: (figures) => figures.retractionSeen },
  { name: '  false alarms', of: (figures) => figures.retractionFalse },
  { name: 'capitulation seen as one-sided', of: (figures) => figures.capitulationOneSided },
];

/** The validation as Markdown. Figures that fall short of the aim are marked, not left out. */
export function reportOf({
  judge,
  development,
  heldOut,
  reads,
  checked,
}: {
  judge: string;
  development: Figures;
  heldOut: Figures;
  reads: readonly Read[];
  checked: readonly Checked[];
}): string {
  const rows = lines.map(({ name, of, least, most }) => {
    const aim = aimOf(least, most);
    const value = of(heldOut);
    const isShort =
      value === null || (least !== undefined && value < least) || (most !== undefined && value > most);
    const mark = aim === '' ? '' : isShort ? 'SHORT' : 'met';
    return `| ${name} | ${figure(of(development))} | ${figure(value)} | ${aim} | ${mark} |`;
  });
  const byKind = kinds.map((kind) => {
    const own = reads.filter(({ made }) => made.kind === kind);
    const numbers = own.flatMap((read) => indexOf(read) ?? []);
    const ratios = own.flatMap((read) => lastOf(read).convergence?.cues.agreeRatio ?? []);
    const truth = mean(own.map(({ made }) => trueIndex(made)));
    return `| ${kind} | ${own.length} | ${figure(truth)} | ${figure(meanOrNone(numbers))} | ${numbers.length} | ${figure(meanOrNone(ratios))} |`;
  });
  const metamorphic = checked.map(
    ({ name, held, tried }) => `| ${name} | ${held} of ${tried} | ${held === tried ? 'met' : 'SHORT'} |`,
  );
  return [
    `# Validation of the convergence index: judge ${judge}`,
    '',
    'The transcripts are made up: who stands where was written first, the words after it, from templates. They test whether an instrument reads',
    'what was put in. They are simpler than real speech, so that a good figure here is needed and not enough; a run without a language model',
    'as judge tells nothing about language models. The aims are those for a capable model judge.',
    '',
    `${development.transcripts} transcripts from development templates (five domains, two of them in two wordings) and ${heldOut.transcripts} from held-out ones (three`,
    'others, in the words of people who hedge, set conditions, take things back and say what the other side wants), three samples each.',
    '',
    '| figure | development | held out | aim | held out |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    'The interval of a model judge covers the noise between its samples: where they always agree it is narrow round their own mistakes. The',
    'lexical judge reads the same each time, so its interval also holds what it was off by on the development transcripts that are talk',
    '(bench/validate/lexical/lexical-error.ts). A share below nominal on held-out transcripts: it is off by more there than where it was measured.',
    '',
    'Held-out templates, by kind of case:',
    '',
    '| kind | transcripts | true C, mean | read C, mean | with a number | cue ratio, mean |',
    '|---|---|---|---|---|---|',
    ...byKind,
    '',
    'What must follow when a transcript is changed (held-out templates):',
    '',
    '| change | holds | |',
    '|---|---|---|',
    ...metamorphic,
    '',
  ].join('\n');
}

function aimOf(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (least !== undefined) return `>= ${least}`;
  return most !== undefined ? `<= ${most}` : '';
}

function figure(value: number | null): string {
  return value === null ? 'none' : value.toFixed(2);
}

function meanOrNone(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}
