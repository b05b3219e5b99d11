import { defineCommand, flag } from '../command.ts';
import { writeResult } from '../complain.ts';
import { resultOptions, runHelp, sourceOptions } from '../shared-options.ts';

/** `parley report`: a stored debate as one document. Reads its journal, and what `parley why` has put beside it. */
export const command = defineCommand({
  description:
    'Show a stored debate as Markdown, as one self-contained web page, or as JSON, with the evidence for every figure.',
  argument: { help: runHelp },
  options: {
    notes: flag('--notes', 'include private notes, if the strategy asked for them'),
    ...resultOptions(['md', 'html', 'json'], 'md'),
    ...sourceOptions,
  },
  async action({ args: [given = ''], options }, environment) {
    const { renderReport } = await import('../../report/render-report.ts');
    const { storedWhy } = await import('../../why/explanations.ts');
    const { readDebate } = await import('../with-runs.ts');
    const { folder, name, events, debate } = await readDebate(given, options.transcripts, 'report');
    const { format, notes } = options;
    const text = renderReport(events, { format, notes, why: storedWhy(folder, name, debate) });
    return writeResult(text ?? '', options, environment);
  },
});
