import { type AnsweredStatement, type Debate, peopleIn } from '../debate/debate.ts';
import { judgesOf, judgesThatSpeak, readerSentences } from '../debate/judges.ts';
import { factsNow } from '../grounding/alive-facts.ts';
import type { DebateReport } from './model/debate-report.ts';
import { offRecordOf, readVerdicts } from './model/subject.ts';
import { judgeInWords, readersOf, type ScoreReport } from './score/score-report.ts';

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
    judge: { ...judge, meaning: [judgeInWords(scored), ...readersOf(report)].join(' ') },
    counting,
    convergence: last && {
      ...{
        c: last.principals,
        interval: last.interval,
        coverage: last.coverage,
        confidence: last.confidence,
        judge: last.judge,
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
  const people = peopleIn(debate);
  const facts = factsNow(debate);
  const { started, ended, statement, answers, earlierStatements, questions, totals, settings, models } =
    debate;
  const last = readVerdicts(subject).at(-1)?.convergence.judge ?? null;
  const alsoSpeaks = judgesThatSpeak(models, started.cast);
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
    ...(people.length > 0 ? { people } : {}),
    turns: subject.turns.map(({ turn, round, speaker, kind, text, notes, ending, author }) => ({
      ...{ turn, round, speaker, kind, text, ending },
      ...(author ? { author } : {}),
      ...(notes === '' ? {} : { notes }),
      grounding: groundings.get(turn),
    })),
    questions: questions.map(({ afterTurn, text }) => ({ afterTurn, text })),
    verdicts: subject.verdicts.map(({ round, outcome, failure, cells, convergence, advice, samples }) => {
      return { round, outcome, failure, convergence, advice, cells, samples };
    }),
    judge: {
      specs: judgesOf(models).flatMap((role) => models[role]?.spec ?? []),
      alsoSpeaks,
      ...last,
      meaning: last === null ? '' : readerSentences(last, alsoSpeaks).join(' '),
    },
    ...(polls.length > 0 ? { polls, offRecord: offRecordOf(subject) } : {}),
    ...(facts ? { facts: { ledgers: facts.ledgers, warning: facts.warning } } : {}),
    ...(debate.caucus.length + debate.caucusCalls.length > 0 ? { caucus: caucusValue(debate) } : {}),
    movements,
    ...(report.why ? { why: report.why } : {}),
    grounding,
    fidelity,
    statement: statement && statementValue(statement),
    answers: answers.map(answerValue),
    earlierStatements: earlierStatements.map((earlier) => ({
      statement: statementValue(earlier.statement),
      answers: earlier.answers.map(answerValue),
    })),
    provenance: {
      parley: started.parley,
      seed: started.seed,
      strategy: started.strategy,
      ...{ models, settings, prompts: started.prompts, totals },
      resumptions: debate.resumptions.length,
    },
  };
}

function statementValue({ text, items, draft }: AnsweredStatement['statement']) {
  return { draft: draft ?? 1, text, items };
}

function answerValue({
  persona,
  answer,
  reason,
  change = null,
  author,
}: AnsweredStatement['answers'][number]) {
  return { persona, answer, reason, change, ...(author ? { author } : {}) };
}

/** What was said in private, apart from the turns that all heard. */
function caucusValue({ caucus, caucusCalls, caucusReadings }: Debate): unknown {
  return {
    calls: caucusCalls.map(({ round, pair, turns, why }) => ({ round, pair, turns, why })),
    turns: caucus.map(({ turn, round, speaker, to, text, ending, author }) => {
      return { turn, round, speaker, to, text, ending, ...(author ? { author } : {}) };
    }),
    readings: caucusReadings.map(({ round, outcome, failure, offers, rejected }) => {
      return { round, outcome, failure, offers, rejected };
    }),
  };
}
