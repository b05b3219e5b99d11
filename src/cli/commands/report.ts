import { defineCommand, flag } from '../command.ts';
import { complain } from '../complain.ts';
import { resultOptions, runHelp, sourceOptions } from '../shared-options.ts';
import { writeResult } from '../write-result.ts';

/** `parley report`: a stored debate as one document. Reads its journal, and what `parley why` has put beside it. */
export const report = defineCommand({
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
    const { fold } = await import('../../debate/debate.ts');
    const { storedWhy } = await import('../../why/stored-why.ts');
    const { readRun } = await import('../../run/catalogue/open-runs.ts');
    const { findRun } = await import('../../run/catalogue/find-run.ts');
    const found = await findRun(given, options.transcripts);
    if (!found.ok) return complain(environment, found.failure);
    const { folder, name } = found.value;
    const stored = await readRun(folder, name);
    if (!stored.ok) return complain(environment, stored.failure);
    const debate = fold(stored.value.events);
    const why = debate && storedWhy(folder, name, debate);
    const { format, notes } = options;
    const text = renderReport(stored.value.events, { format, notes, why });
    if (text === null)
      return complain(environment, `${name} holds no event yet: there is nothing to report.`);
    return writeResult(text, options, environment);
  },
});
