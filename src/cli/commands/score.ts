import { tracingVariables } from '../../models/tracing-variables.ts';
import { type ScoreReport, scoreReportOf } from '../../report/score/score-report.ts';
import { scoreTranscript } from '../../run/score/score-transcript.ts';
import { complain } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { chooseScoreJudge } from '../score/choose-judge.ts';
import { loadAgenda } from '../score/load-agenda.ts';
import { readScoreOptions } from '../score/options.ts';
import { readScorable } from '../score/read-scorable.ts';
import { renderScores } from '../score/render-scores.ts';
import { listenForSignals } from '../signals.ts';
import { version } from '../version.ts';
import { resultPlace, writeResult } from '../write-result.ts';

/** `parley score`: reads who stands where in any transcript, and computes how far it has converged. */
export async function score(
  _first: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
  files: readonly string[],
): Promise<number> {
  tameProcess(environment.color, tracingVariables);
  const asked = readScoreOptions(options, files);
  if (!asked.ok) return complain(environment, asked.failure.message);
  const agenda = await loadAgenda(asked.value);
  if (!agenda.ok) return complain(environment, agenda.failure.message);
  const stop = new AbortController();
  const judge = await chooseScoreJudge(asked.value, stop.signal, environment);
  if (!judge.ok) return complain(environment, judge.failure.message);

  // Everything is read before the first call is paid for.
  const transcripts = [];
  for (const file of files) {
    const read = await readScorable(file, asked.value, agenda.value, environment);
    if (!read.ok) return complain(environment, read.failure.message);
    transcripts.push(read.value);
  }
  const interruption = listenForSignals(
    () => stop.abort(),
    (code) => process.exit(code),
  );
  try {
    const reports: ScoreReport[] = [];
    for (const transcript of transcripts) {
      const verdicts = await scoreTranscript({
        scorable: transcript,
        judge: judge.value.judge,
        seed: transcript.seed,
        onRound: (round, rounds) => {
          if (judge.value.judge.kind === 'lexical') return;
          environment.stderr.write(`${transcript.name}: reading round ${round} of ${rounds}\n`);
        },
      });
      if (interruption.code !== null) return interruption.code;
      if (!verdicts.ok) return complain(environment, `${transcript.name}: ${verdicts.failure.message}`);
      const { named } = judge.value;
      reports.push(scoreReportOf({ ...transcript, verdicts: verdicts.value, judge: named, parley: version }));
    }
    const text = renderScores(reports, asked.value.format);
    const written = await writeResult(text, resultPlace(options), environment);
    return written.ok ? exitCode.done : complain(environment, written.failure.message);
  } finally {
    interruption.dispose();
  }
}
