import { hash } from 'node:crypto';
import type { Debate } from '../debate/debate.ts';
import { moderatorId } from '../debate/events.ts';
import { judgesOf } from '../debate/judges.ts';
import type { PromptSet } from '../prompts/types.ts';
import { rememberingFor } from '../text/memo.ts';
import { type Columns, type ColumnType, decimal, integer, type Row, text, truth } from './column-types.ts';
import { meanGrounding, type SpeechFacts, sumOfPersuasion } from './speech-facts.ts';

/** Where a row comes from. The same columns in every format, none of them a name that trainers give a meaning of their own. */
const provenance: Readonly<Record<string, readonly [type: ColumnType, meaning: string]>> = {
  debate: [text, "the debate's id"],
  persona: [text, 'who speaks in the row; empty for rows about a whole debate'],
  simulated_role: [text, "the role's name; never a person"],
  principal: [truth, 'whether the role could sign'],
  scenario: [text, "the scenario's id"],
  strategy: [text, 'the prompt strategy'],
  control: [text, 'which control it is, empty for a debate'],
  model: [text, 'the model that wrote what is learned'],
  moderator_model: [text, "the moderator's model"],
  judge_model: [text, 'the models that read positions'],
  seed: [integer, "the debate's seed"],
  forked_from: [text, 'the debate that it was forked from, if any'],
  forked_at_turn: [integer, 'the turn from which the fork goes its own way; 0 for none'],
  article_title: [text, "the article's title"],
  article_source: [text, 'its publisher or address'],
  article_date: [text, 'its date'],
  article_licence: [text, 'its licence, as stated'],
  article_sha256: [text, 'SHA-256 of its text'],
  article_text: [text, 'full, or withheld where the text may not be shared'],
  prompts_sha256: [text, 'SHA-256 over all prompt files of the debate'],
  turn: [integer, 'the last turn that is learned'],
  own_turns: [integer, 'how many turns are learned'],
  prompts_verified: [integer, 'how many of their prompts stand here exactly as they were sent'],
  tokens: [integer, 'estimated tokens of the whole row'],
  split_group: [text, 'the group of articles that no split parts'],
  rounds: [integer, 'rounds that were read'],
  ended: [text, 'why the debate ended'],
  convergence: [decimal, 'convergence of the principals at the end, 0..1'],
  convergence_low: [decimal, 'lower end of its 95% interval'],
  convergence_high: [decimal, 'upper end of its 95% interval'],
  confidence: [text, 'how far that reading is to be trusted'],
  grounding: [decimal, 'share of what can be checked in the learned turns that checks out, 0..1'],
  misquotes: [integer, 'quotations in them that stand in no source'],
  breaches: [integer, 'own red lines crossed in them and roles left'],
  persuasion: [decimal, 'points of the scale by which their reasons moved others'],
  synthetic: [truth, 'false only where people wrote all that is learned'],
  simulated: [truth, "whether any words are the built-in simulator's, which is no language model"],
  disclaimer: [text, 'what the rows are not'],
  parley: [text, 'the version of parley that ran the debate'],
};

export const provenanceColumns: Columns = Object.fromEntries(
  Object.entries(provenance).map(([name, [type]]) => [name, type]),
);

/** What a column of provenance says; null for the columns of a format's own. */
export function meaningOf(column: string): string | null {
  return provenance[column]?.[1] ?? null;
}

/** What is known of a debate before its rows are made. */
export interface ExportedDebate {
  set: PromptSet;
  debate: Debate;
  /** In the order of the speeches. */
  speeches: readonly SpeechFacts[];
  /** The group of articles that no split parts. */
  group: string;
  /** False where the article's passages are left out of its rows. */
  isShared: boolean;
}

/** Licences under which a text may be passed on, as people write them; a scenario or an article can also say so itself. */
const openLicence =
  /\b(?:MIT|ISC|BSD|Apache|CC0|Unlicense|public domain|Open Government Licen[cs]e|OGL|GFDL)\b|\bCC[- ]?BY(?:[- ]SA)?\b(?![- ]?(?:NC|ND))|creativecommons\.org\/(?:licenses\/by(?:-sa)?\/|publicdomain\/)|may be shared/i;

/** May an article's text stand in rows? What a person decided for this export goes before what the scenario and the licence say. */
export function isShareable({ scenario }: PromptSet, decided: 'share' | 'withhold' | null): boolean {
  if (decided !== null) return decided === 'share';
  return scenario.shareText || openLicence.test(scenario.article.licence);
}

/** What a row says of itself. */
export interface RowFacts {
  /** The turns that a trainer learns from, which grounding, misquotes and breaches are of; null for rows about a whole debate. */
  learned: readonly number[] | null;
  /** How many of their prompts stand in the row exactly as they were sent. */
  verified: number;
  /** Estimated tokens of everything in it. */
  tokens: number;
}

/** `persona` is null for rows about a whole debate. */
export function provenanceOf(exported: ExportedDebate, persona: string | null, row: RowFacts): Row {
  const { debate, speeches, isShared } = exported;
  const { cast } = debate.started;
  const member = cast.find(({ id }) => id === persona);
  const about = row.learned === null ? speeches : speeches.filter(({ turn }) => row.learned?.includes(turn));
  return {
    ...debateProvenance(exported),
    persona: persona ?? '',
    simulated_role: member?.name ?? cast.map(({ name }) => name).join('; '),
    principal: member?.principal ?? false,
    model: persona === null ? '' : writersOf(specOf(debate, persona), row.learned ? about : []),
    turn: row.learned?.at(-1) ?? 0,
    own_turns: row.learned?.length ?? 0,
    prompts_verified: isShared ? row.verified : 0,
    tokens: row.tokens,
    grounding: meanGrounding(about),
    misquotes: about.reduce((sum, { misquotes }) => sum + misquotes, 0),
    breaches: about.reduce((sum, { breaches }) => sum + (breaches ?? 0), 0),
    persuasion: sumOfPersuasion(about),
    synthetic: row.learned === null || about.length === 0 || !about.every(({ byPerson }) => byPerson),
  };
}

/** What all rows of a debate say alike. */
const debateProvenance = rememberingFor(({ debate, group, isShared }: ExportedDebate) => {
  const { started, ended } = debate;
  const { article, forkedFrom } = started;
  const last = debate.verdicts.findLast(({ convergence }) => convergence !== null)?.convergence ?? null;
  return {
    debate: started.debate,
    scenario: started.scenario.id,
    strategy: started.strategy,
    control: started.control ?? '',
    moderator_model: specOf(debate, moderatorId),
    judge_model: judgesOf(debate.models)
      .map((judge) => specOf(debate, judge))
      .join(' and '),
    seed: started.seed,
    forked_from: forkedFrom?.debate ?? '',
    forked_at_turn: forkedFrom?.turn ?? 0,
    article_title: article.title,
    article_source: article.source,
    article_date: article.date,
    article_licence: article.licence,
    article_sha256: article.sha256,
    article_text: isShared ? 'full' : 'withheld',
    prompts_sha256: promptsHash(debate),
    split_group: group,
    rounds: debate.verdicts.length,
    ended: ended?.reason ?? 'not-ended',
    convergence: last?.principals ?? null,
    convergence_low: last?.interval?.low ?? null,
    convergence_high: last?.interval?.high ?? null,
    confidence: last?.confidence.level ?? 'none',
    simulated: isSimulated(debate),
    disclaimer: started.disclaimer,
    parley: started.parley,
  };
});

function specOf({ models }: Debate, role: string): string {
  return models[role]?.spec ?? '';
}

/** The model of a row's answers; `person` where people wrote them, both where some are a model's. */
function writersOf(spec: string, answers: readonly SpeechFacts[]): string {
  const people = answers.filter(({ byPerson }) => byPerson).length;
  if (people === 0) return spec;
  return people === answers.length ? 'person' : `${spec} person`;
}

/** True where any words of the debate are the built-in simulator's and no language model's. */
export function isSimulated({ started, resumptions }: Debate): boolean {
  const later = resumptions.flatMap(({ models }) => Object.values(models));
  return started.simulated || later.some(({ simulated }) => simulated);
}

/** One hash for all prompt files of a debate, by path. */
export function promptsHash({ started }: Pick<Debate, 'started'>): string {
  return filesHash(started.prompts);
}

const filesHash = rememberingFor((prompts: Debate['started']['prompts']) => {
  const lines = prompts.map(({ path, sha256 }) => `${sha256}  ${path}\n`).sort();
  return hash('sha256', lines.join(''));
});
