import type { AskedQuestion } from '../convergence/check-evidence.ts';
import { type EarlierReading, historyOf } from '../convergence/history.ts';
import { type Mask, type MaskForm, maskNames } from '../convergence/mask-names.ts';
import { type JudgePlan, partyLetter, shuffledTurns } from '../convergence/sample-plan.ts';
import { type Agenda, type Issue, scale } from '../debate/agenda.ts';
import type { ChatMessage } from '../debate/calls.ts';
import type { Debate } from '../debate/debate.ts';
import { currentRound } from '../debate/next.ts';
import type { CastMember } from '../debate/setup.ts';
import { unsourcedSentences } from '../grounding/turn-grounding.ts';
import { rememberingFor } from '../text/memo.ts';
import { agendaBlock, taskBlock, turnBlock } from './blocks.ts';
import { asUser } from './conversation.ts';
import { block, fenced, fencedLine } from './fence.ts';
import { fencedList, issueValues } from './placeholder-values.ts';
import { fillTemplate } from './template.ts';
import { isEarlier } from './timeline.ts';
import type { PromptSet } from './types.ts';

/** What the judge is shown: of a debate, or of a transcript that parley did not make. */
export interface ReadRecord {
  agenda: Agenda;
  /** As a BCP 47 tag; absent where the scenario names none. */
  language?: string | undefined;
  cast: readonly (Pick<CastMember, 'id' | 'name' | 'short'> & Partial<CastMember>)[];
  /** Speeches so far, without the chair's. */
  speeches: readonly { turn: number; speaker: string; text: string }[];
  /** Questions put so far; absent where none are known. */
  questions?: readonly AskedQuestion[];
  /** What was read after the rounds before; absent where nothing was. */
  earlier?: readonly EarlierReading[];
  /** Sentences of the round just held that no source shows, to tell facts from terms in; absent where there is no article. */
  unsourced?: readonly UnsourcedSentence[];
  /** The round just held, from 1, and how many there are. */
  round: number;
  rounds: number;
}

interface UnsourcedSentence {
  turn: number;
  speaker: string;
  text: string;
}

type Moderator = Pick<PromptSet, 'moderator'>;

/** Asks the judge to read positions in a debate; of rounds before `fullFrom` it sees only what was read last. */
export function renderReading(set: PromptSet, debate: Debate, plan: JudgePlan, fullFrom = 1): ChatMessage[] {
  const { cast, control, seed } = debate.started;
  const shown = debate.turns.filter((turn) => !isEarlier(turn, fullFrom));
  const speeches = shown.filter((turn) => turn.kind === 'speech');
  const firstShown = fullFrom === 1 ? 0 : (speeches[0]?.turn ?? 0);
  const isShuffled = control === 'shuffled-turns';
  const record = {
    agenda: set.scenario.agenda,
    language: set.scenario.language,
    cast,
    speeches: isShuffled ? shuffledTurns(speeches, seed).shown : speeches,
    questions: questionsOf(debate).filter(({ afterTurn }) => afterTurn >= firstShown - 1),
    ...(asksForFacts(set) && !isShuffled ? { unsourced: unsourcedOf(debate) } : {}),
    earlier: isShuffled ? [] : debate.verdicts,
    round: currentRound(debate),
    rounds: debate.settings.rounds,
  };
  return renderReadingOf(set, record, plan);
}

/** Sentences listed for a reading; the rest of a round that holds more is not checked. */
const mostUnsourced = 16;

/** What the speeches of the round just held say that no source shows; every sample of a reading is asked of the same. */
const unsourcedOf = rememberingFor((debate: Debate): UnsourcedSentence[] => {
  const { cast, agenda, article } = debate.started;
  const castNames = cast.flatMap(({ name, short }) => [name, short]);
  const round = currentRound(debate);
  return debate.turns
    .filter((turn) => turn.kind === 'speech' && turn.round === round)
    .flatMap(({ turn, speaker, text }) =>
      unsourcedSentences({
        ...{ text, agenda, castNames, passages: article.passages },
        earlierTurns: debate.turns.slice(0, turn - 1),
        knows: cast.find(({ id }) => id === speaker)?.knows,
      }).map((sentence) => ({ turn, speaker, text: sentence.text })),
    )
    .slice(0, mostUnsourced);
});

function unsourcedLines({ unsourced = [] }: ReadRecord, plan: JudgePlan, mask: Mask): string {
  const lines = unsourced.map(
    ({ turn, speaker, text }) =>
      `- [T${turn}] Party ${partyLetter(plan, speaker)}: "${fencedLine(mask(text).text)}"`,
  );
  return lines.length > 0 ? lines.join('\n') : 'None: leave "facts" empty.';
}

/** Prompts kept from before facts were told from terms do not list the sentences. */
export function asksForFacts({ moderator }: Moderator): boolean {
  return moderator['reading']?.sections['task']?.includes('{{unsourced}}') ?? false;
}

/** What the moderator and a person watching asked so far, in order. */
export function questionsOf({ turns, questions }: Pick<Debate, 'turns' | 'questions'>): AskedQuestion[] {
  const asked = turns.filter(({ kind }) => kind !== 'speech');
  const all = [
    ...asked.map(({ turn, text }) => ({ afterTurn: turn, text })),
    ...questions.map(({ afterTurn, text }) => ({ afterTurn, text })),
  ];
  return all.sort((one, other) => one.afterTurn - other.afterTurn);
}

/**
 * Asks the judge to read positions, as one sample of the plan sees the record: names masked, issues in the plan's
 * order, the scale upside down where the plan says so. The judge sees no article, no persona and no opening; of each speaker it sees
 * what it said in public, where it last stood by what it said, and the red lines that its words are held against.
 */
export function renderReadingOf(set: Moderator, record: ReadRecord, plan: JudgePlan): ChatMessage[] {
  const { agenda, round, rounds } = record;
  const parties = plan.speakerOrder.map((speaker) => `Party ${partyLetter(plan, speaker)}`);
  const mask = readingMask(set, record.cast, plan);
  const values = { ...issueValues(agenda), parties: fencedList(parties) };
  const sections = set.moderator['reading']?.sections ?? {};
  const rules = block('rules', {}, fillTemplate(sections['rules'] ?? '', values));
  const isMasked = masksAgenda(set);
  const issues = plan.issueOrder.map((id) => {
    const issue = issueOf(agenda, id);
    return isMasked ? maskedIssue(issue, mask) : issue;
  });
  const task = taskBlock(
    'judge',
    { round, of: rounds, left: Math.max(0, rounds - round) },
    fillTemplate(sections['task'] ?? '', {
      ...values,
      'last-stands': lastStands(record, plan, mask),
      'red-lines': redLines(record, plan, mask),
      unsourced: unsourcedLines(record, plan, mask),
    }),
  );
  const said = isWhole(set) ? maskedRecord(record, plan, mask) : maskedTurns(record, plan, mask);
  return [
    {
      role: 'system',
      content: `${rules}\n${agendaBlock(issues, { reversed: plan.reversed, language: record.language })}`,
    },
    asUser(
      said.map((one) => one.block),
      task,
    ),
  ];
}

const masks = new WeakMap<JudgePlan, { cast: ReadRecord['cast']; form: MaskForm; mask: Mask }>();

/** How names are masked in the readings that these prompts ask for. Each text of a sample is masked once, for its prompt and for its reply. */
export function readingMask(set: Moderator, cast: ReadRecord['cast'], plan: JudgePlan): Mask {
  const form = maskFormOf(set);
  const known = masks.get(plan);
  if (known?.cast === cast && known.form === form) return known.mask;
  const mask = maskNames(cast, plan, form);
  masks.set(plan, { cast, form, mask });
  return mask;
}

/** Prompts kept from before a form was known have their names masked as they were. */
function maskFormOf(set: Moderator): MaskForm {
  if (set.moderator['reading']?.masked === 'record and agenda, any script') return 'any-script';
  return masksAgenda(set) ? 'any-marks' : isWhole(set) ? 'whole' : 'names-only';
}

/** Prompts kept from before the judge was shown questions and its last reading are rendered as they were, to the byte. */
function isWhole({ moderator }: Moderator): boolean {
  return moderator['reading']?.sections['task']?.includes('{{last-stands}}') ?? false;
}

/** Prompts kept from before the agenda was masked are rendered as they were, to the byte. */
function masksAgenda({ moderator }: Moderator): boolean {
  return (moderator['reading']?.masked ?? 'record') !== 'record';
}

/** An issue whose words name parties as the record does. */
function maskedIssue({ title, question, anchors, ...issue }: Issue, mask: Mask): Issue {
  const words = { 0: mask(anchors[0]).text, 3: mask(anchors[3]).text, 6: mask(anchors[6]).text };
  return { ...issue, title: mask(title).text, question: mask(question).text, anchors: words };
}

type Shown = { place: number; block: string };

function maskedTurns({ speeches }: ReadRecord, plan: JudgePlan, mask: Mask): Shown[] {
  return speeches
    .filter(({ speaker }) => plan.speakerOrder.includes(speaker))
    .map(({ turn, speaker, text }) => {
      const party = `Party ${partyLetter(plan, speaker)}`;
      const shown = { number: turn, speaker: party, name: party, text: mask(text).text };
      return { place: turn, block: turnBlock(shown) };
    });
}

/** Speeches with the questions between them, so that an answer can be told from a stand. */
function maskedRecord(record: ReadRecord, plan: JudgePlan, mask: Mask): Shown[] {
  const questions = (record.questions ?? []).map(({ afterTurn, text }) => ({
    place: afterTurn + 0.5,
    block: block('question', { after: afterTurn }, fenced(mask(text).text)),
  }));
  return [...maskedTurns(record, plan, mask), ...questions].sort((one, other) => one.place - other.place);
}

/** Where each party last stood by what it said, on the scale as this sample sees it. */
function lastStands({ cast, earlier = [] }: ReadRecord, plan: JudgePlan, mask: Mask): string {
  const history = historyOf(
    cast.map(({ id, opening = {} }) => ({ id, opening })),
    earlier,
  );
  const lines = plan.speakerOrder.flatMap((speaker) =>
    plan.issueOrder.flatMap((issue) => {
      const stand = history.spoken(speaker, issue).at(-1);
      if (!stand) return [];
      const quote = fencedLine(mask(stand.quote).text);
      return [
        `- Party ${partyLetter(plan, speaker)}, ${issue}: ${shownAt(stand.position, plan)} [T${stand.turn}] "${quote}"`,
      ];
    }),
  );
  return lines.length > 0 ? lines.join('\n') : 'None: this is the first reading.';
}

/** The red lines that parties declare for themselves, on the scale as this sample sees it. */
function redLines({ cast }: ReadRecord, plan: JudgePlan, mask: Mask): string {
  const lines = plan.speakerOrder.flatMap((speaker) => {
    const own = cast.find(({ id }) => id === speaker)?.redLines ?? [];
    return own.map(({ issue, min, max, text }) => {
      const [low, high] = [shownAt(min, plan), shownAt(max, plan)].sort((one, other) => one - other);
      const words = fencedLine(mask(text).text);
      return `- Party ${partyLetter(plan, speaker)}, ${issue}: stays within ${low} to ${high} "${words}"`;
    });
  });
  return lines.length > 0 ? lines.join('\n') : 'None are declared: leave "crossings" empty.';
}

function shownAt(position: number, { reversed }: JudgePlan): number {
  return reversed ? scale.high - position : position;
}

function issueOf(agenda: Agenda, id: string) {
  const issue = agenda.find((candidate) => candidate.id === id);
  if (!issue) throw new Error(`the judge's plan names "${id}", which is not on the agenda`);
  return issue;
}
