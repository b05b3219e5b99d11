import { offRecordOf } from '../model/off-record.ts';
import { judgeInWords, type ScoreReport } from './score-report.ts';

/** Version of the shape of a score as JSON. */
const scoreVersion = 1;

/** A score as plain data, for programs. */
export function scoreValue(report: ScoreReport): unknown {
  const { scored, movements, counting } = report;
  const {
    name,
    agenda,
    agendaFrom,
    cast,
    speeches,
    verdicts,
    roundRule,
    judge,
    simulated,
    recorded,
    seed,
    parley,
  } = scored;
  const last = verdicts.findLast(({ convergence }) => convergence !== null)?.convergence ?? null;
  return {
    score: scoreVersion,
    name,
    simulated,
    ...(scored.controls.length > 0 ? { controls: scored.controls } : {}),
    judge: { ...judge, meaning: judgeInWords(scored) },
    counting,
    convergence: last && {
      ...{
        c: last.principals,
        interval: last.interval,
        coverage: last.coverage,
        confidence: last.confidence,
      },
    },
    ...{ roundRule, agendaFrom, agenda, cast, turns: speeches },
    verdicts: verdicts.map(({ type: _, calls: __, ...verdict }) => verdict),
    ...(scored.polls.length > 0 ? { polls: scored.polls, offRecord: offRecordOf(report.subject) } : {}),
    ...{ movements, recorded, seed, parley },
  };
}
