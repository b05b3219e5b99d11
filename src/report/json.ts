import type { DebateReport } from './model/debate-report.ts';
import { offRecordOf } from './model/off-record.ts';

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
