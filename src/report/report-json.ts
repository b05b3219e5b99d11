import type { DebateReport } from './model/debate-report.ts';
import { offRecordOf } from './model/private-positions.ts';
import { judgeInWords, type ScoreReport } from './score/score-report.ts';

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

/** Version of the JSON report's shape. */
const reportVersion = 1;

/** The report as plain data, for programs: what the pages show, with nothing rendered. */
export function reportValue(report: DebateReport): unknown {
  const { debate, subject, groundings, grounding, fidelity, movements, startedAt, lastAt } = report;
  const polls = debate.polls.map(({ round, persona, outcome, failure, positions }) => {
    return { round, persona, outcome, failure, positions };
  });
  const { started, ended, statement, answers, questions, totals, settings, models } = debate;
  return {
    report: reportVersion,
    debate: started.debate,
    scenario: started.scenario,
    simulated: started.simulated,
    ...(started.control ? { control: started.control } : {}),
    disclaimer: started.disclaimer,
    ended: ended && { reason: ended.reason, detail: ended.detail },
    startedAt,
    lastAt,
    article: started.article,
    ...{ agenda: started.agenda, cast: started.cast },
    turns: subject.turns.map(({ turn, round, speaker, kind, text, notes, ending }) => ({
      ...{ turn, round, speaker, kind, text, ending },
      ...(notes === '' ? {} : { notes }),
      grounding: groundings.get(turn),
    })),
    questions: questions.map(({ afterTurn, text }) => ({ afterTurn, text })),
    verdicts: subject.verdicts.map(({ round, outcome, failure, cells, convergence, advice, samples }) => {
      return { round, outcome, failure, convergence, advice, cells, samples };
    }),
    ...(polls.length > 0 ? { polls, offRecord: offRecordOf(subject) } : {}),
    movements,
    grounding,
    fidelity,
    statement: statement && { text: statement.text, items: statement.items },
    answers: answers.map(({ persona, answer, reason }) => ({ persona, answer, reason })),
    provenance: {
      parley: started.parley,
      seed: started.seed,
      strategy: started.strategy,
      ...{ models, settings, prompts: started.prompts, totals },
      resumptions: debate.resumptions.length,
    },
  };
}
