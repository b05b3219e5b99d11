import { debatePage } from '../../report/html/debate-page.ts';
import { debateMarkdown } from '../../report/markdown/debate-markdown.ts';
import { type DebateReport, reportOf } from '../../report/model/debate-report.ts';
import { reportValue } from '../../report/report-json.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { readRun } from '../open-runs.ts';
import { placeOfRun } from '../run-place.ts';
import { resultPlace, writeResult } from '../write-result.ts';

const formats: Record<string, (report: DebateReport) => string> = {
  md: debateMarkdown,
  html: debatePage,
  json: (made) => `${escapedJson(reportValue(made))}\n`,
};

/** `parley report`: a stored debate as one document. Reads its journal and nothing else. */
export async function report(
  given: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const { folder, name } = placeOfRun(given ?? '', String(options['transcripts']));
  const stored = await readRun(folder, name);
  if (!stored.ok) return complain(environment, stored.failure.message);
  const made = reportOf(stored.value.events, { notes: options['notes'] === true });
  if (!made) return complain(environment, `${name} holds no event yet: there is nothing to report.`);
  const render = formats[String(options['format'])] ?? debateMarkdown;
  const place = resultPlace(options);
  const written = await writeResult(render(made), place, environment);
  if (!written.ok) return complain(environment, written.failure.message);
  if (place.out !== null) environment.stderr.write(`Wrote ${place.out}.\n`);
  return exitCode.done;
}
