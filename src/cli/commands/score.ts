import { tracingVariables } from '../../models/tracing-variables.ts';
import { type ScoreReport, scoreReportOf } from '../../report/score/score-report.ts';
import { version } from '../../run/version.ts';
import { nothingSpent, scoreTranscript, spentTogether } from '../../score/score-transcript.ts';
import { complain } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { chooseScoreJudge } from '../score/choose-judge.ts';
import { outlookOf, spentLine, stoppedLine } from '../score/judge-lines.ts';
import { loadAgenda } from '../score/load-agenda.ts';
import { readScoreOptions } from '../score/options.ts';
import { readScorable } from '../score/read-scorable.ts';
import { renderScores } from '../score/render-scores.ts';
import { listenForSignals } from '../signals.ts';
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
  const outlook = await outlookOf(transcripts, judge.value, asked.value);
  for (const line of outlook.lines) environment.stderr.write(`${line}\n`);
  if (outlook.refusal !== null) return complain(environment, outlook.refusal);
  const { budget, shuffled } = asked.value;
  let spent = nothingSpent;
  let isStopped = false;
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
        shuffled,
        onRound: (round, rounds) => {
          if (judge.value.judge.kind === 'lexical') return true;
          isStopped ||= budget !== null && spent.costUsd >= budget;
          const line = isStopped
            ? stoppedLine(transcript.name, round, rounds)
            : `${transcript.name}: reading round ${round} of ${rounds}`;
          environment.stderr.write(`${line}\n`);
          return !isStopped;
        },
        onSpent: (more) => {
          spent = spentTogether(spent, more);
        },
      });
      if (interruption.code !== null) return interruption.code;
      if (!verdicts.ok) return complain(environment, `${transcript.name}: ${verdicts.failure.message}`);
      const { named } = judge.value;
      const controls = [...transcript.controls, ...(shuffled ? (['shuffled-turns'] as const) : [])];
      const read = { verdicts: verdicts.value, judge: named, controls, parley: version };
      reports.push(scoreReportOf({ ...transcript, ...read }));
    }
    const text = renderScores(reports, asked.value.format);
    const written = await writeResult(text, resultPlace(options), environment);
    if (!written.ok) return complain(environment, written.failure.message);
    if (spent.calls > 0) environment.stderr.write(`${spentLine(spent)}\n`);
    return isStopped ? exitCode.incomplete : exitCode.done;
  } finally {
    interruption.dispose();
  }
}
