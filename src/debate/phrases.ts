import { counted } from '../text/figures.ts';
import type { CallFailure, Purpose } from './calls.ts';
import { type Debate, nameOf, peopleIn } from './debate.ts';
import type { BodyOf, EndReason } from './events.ts';
import type { CallNumber } from './notices.ts';
import type { Act, Reading, RejectedReading } from './readings.ts';
import type { Ending } from './speech-events.ts';
import type { Cell, Convergence, Move } from './verdict.ts';

/** What a speaker did when it took its stand, as words behind a position. */
export const actPhrase: Record<Act, string> = {
  commit: 'committed',
  conditional: 'on a condition',
  propose: 'proposed',
  question: 'asked',
  rhetoric: 'argued',
  retract: 'taken back',
};

/** What is worth saying of how a turn ended and of its length; empty where nothing is. */
export function turnNote({
  ending,
  overLength,
  author,
  fullFrom,
}: Pick<BodyOf<'turn-ended'>, 'ending' | 'overLength' | 'author' | 'fullFrom'>): string {
  const length = overLength ? `${overLength.words} words, ${overLength.asked} asked` : '';
  return [author === 'person' ? byPerson : '', endingNote[ending], length, earlierRounds(fullFrom)]
    .filter((note) => note !== '')
    .join('; ');
}

/** How rounds that a model's context no longer holds stand in its prompt; empty where it holds all. */
function earlierRounds(fullFrom = 1): string {
  if (fullFrom < 2) return '';
  const rounds = fullFrom === 2 ? 'round 1 is' : `rounds 1 to ${fullFrom - 1} are`;
  return `${rounds} shown to the speakers as verified positions`;
}

/** Of a debate that a model's context no longer held, how its earlier rounds stood in prompts, as a sentence; null where all held. */
export function outgrownSentence({ turns, verdicts }: Pick<Debate, 'turns' | 'verdicts'>): string | null {
  const [first] = turns.filter(({ fullFrom }) => fullFrom !== undefined);
  const read = verdicts.find(({ fullFrom }) => fullFrom !== undefined);
  if (!first && !read) return null;
  const who = [
    ...(first ? [`the speakers from turn ${first.turn} on`] : []),
    ...(read ? [`the judge from round ${read.round} on`] : []),
  ];
  return `The debate outgrew a model’s context: earlier rounds stood before ${who.join(' and ')} as verified positions and quotes, not as they were said.`;
}

/** Said of words that no model wrote. */
export const byPerson = 'written by a person';

/** How a principal answered the closing statement, and who wrote the answer where no model did. */
export function answerPhrase({
  answer,
  author,
}: Pick<BodyOf<'statement-answered'>, 'answer' | 'author'>): string {
  const did = answer === 'signed' ? 'signed' : 'refused to sign';
  return author === 'person' ? `${did} (${byPerson})` : did;
}

/** Whose speeches people wrote, as a sentence; null where models wrote all. */
export function peopleSentence(
  debate: Parameters<typeof peopleIn>[0] & Pick<Debate, 'started'>,
): string | null {
  const people = peopleIn(debate).map(({ persona, turns }) => {
    const isAside = debate.caucus.some(({ speaker, author }) => speaker === persona && author === 'person');
    const hasAnswered = debate.answers.some((one) => one.persona === persona && one.author === 'person');
    const what = [
      ...turns.map((turn) => `T${turn}`),
      ...(isAside ? ['in private'] : []),
      ...(hasAnswered ? ['the answer to the closing statement'] : []),
    ];
    return `${nameOf(debate, persona)} (${what.join(', ')})`;
  });
  return people.length > 0 ? `A person wrote these speeches, and no model: ${people.join('; ')}.` : null;
}

/** Who talks to whom in private, and before which round. */
export function caucusTitle(
  debate: Pick<Debate, 'started'>,
  { speaker, to, round }: Pick<BodyOf<'caucus-spoken'>, 'speaker' | 'to' | 'round'>,
): string {
  return `${nameOf(debate, speaker)} to ${nameOf(debate, to)}, in private before round ${round}`;
}

/** What the moderator decided on a talk in private, as a sentence. */
export function caucusCallSentence(debate: Pick<Debate, 'started'>, call: BodyOf<'caucus-called'>): string {
  const names = call.pair.map((persona) => nameOf(debate, persona)).join(' and ');
  const what =
    call.turns === 0
      ? `calls no talk in private before round ${call.round}`
      : `lets ${names} talk in private before round ${call.round}`;
  return `The moderator ${what}${call.why === '' ? '.' : `: ${call.why}`}`;
}

/** A term offered in private, on one line. */
function offerLine(
  debate: Pick<Debate, 'started'>,
  { speaker, issue, position, act, quote }: Pick<Reading, 'speaker' | 'issue' | 'position' | 'act' | 'quote'>,
): string {
  const title = debate.started.agenda.find(({ id }) => id === issue)?.title ?? issue;
  return `${nameOf(debate, speaker)} on ${title}: ${position} of 6, ${actPhrase[act]}: “${quote}”`;
}

/** What was offered in private, a line each; one line that says so where nothing could be quoted. */
export function offersInWords(debate: Pick<Debate, 'started'>, read: BodyOf<'caucus-read'>): string[] {
  if (read.outcome === 'failed') return [`What was offered could not be read. ${read.failure}`];
  if (read.offers.length === 0) return ['No term was offered that could be quoted.'];
  return read.offers.map((offer) => offerLine(debate, offer));
}

/** A change of stand, and what is known of its reason. */
export const movePhrase: Record<Move['kind'], string> = {
  concession: 'concession',
  hardening: 'hardening',
  drift: 'drift, no reason given',
  unexplained: 'moved (reasons were not read)',
};

/** Why no stand was read. */
export const abstainPhrase: Record<Extract<Cell, { stand: 'abstain' }>['reason'], string> = {
  'no-evidence': 'took no stand that could be quoted',
  'samples-disagree': 'the readings lie more than 2 points apart',
  'too-few-quotes': 'fewer than half of the readings carry a quote that holds',
};

/** Why code did not accept a reading. */
export const rejectedPhrase: Record<RejectedReading['reason'], string> = {
  'quote-not-found': 'its quote is in none of this speaker’s turns',
  'turn-unclear': 'its quote is in several turns',
  'no-quote': 'it has no quote',
  'wrong-speaker': 'its quote is another speaker’s',
  'unknown-speaker': 'it names nobody in the cast',
  'unknown-issue': 'its issue is not on the agenda',
  'out-of-scale': 'its position is not on the scale',
  'unknown-act': 'its act is unknown',
  duplicate: 'a later statement by the same speaker counts',
  'words-of-a-question': 'its quote repeats a question that was put, which is no stand',
  'why-not-found': 'the reading counts, but the reason given for it is not in that turn',
  malformed: 'it is not a reading',
};

/** Why a debate ended, as a sentence. */
export const endedInWords: Record<EndReason, string> = {
  converged: 'It ended because the positions had converged.',
  deadlock: 'It ended in deadlock.',
  plateau: 'It ended on a plateau.',
  'round-limit': 'It ended at its round limit.',
  budget: 'It ended because its budget was used up.',
  stopped: 'It was stopped by hand.',
  failed: 'It failed before its end.',
};

/** What somebody is doing: "… is speaking". */
export const doing: Record<Purpose, string> = {
  open: 'opening the debate',
  speak: 'speaking',
  pick: 'picking the next speaker',
  bid: 'saying how much it wants to speak',
  judge: 'reading positions',
  poll: 'answering off the record',
  trace: 'looking for the facts in use',
  steer: 'putting the next question',
  draft: 'drafting the closing statement',
  answer: 'answering the closing statement',
  caucus: 'speaking in private',
  'caucus-call': 'deciding whether two should talk in private',
  'caucus-read': 'reading what was offered in private',
};

/** Whose call it is, where several may be under way: a speaker, or what is done and which part of it. */
export function callOf(who: string, purpose: Purpose | undefined, part: CallNumber | undefined): string {
  if (purpose === 'judge')
    return part ? `reading ${part.number} of ${part.of} of the positions` : doing.judge;
  return purpose === undefined || isSpoken.has(purpose) ? who : `${who}, ${doing[purpose]}`;
}

const isSpoken: ReadonlySet<Purpose> = new Set(['open', 'speak', 'steer', 'caucus']);

/** Why a call failed, for a reader. */
export const because: Record<CallFailure, string> = {
  authentication: 'the key was not accepted',
  quota: 'the quota is used up',
  'rate-limited': 'too many calls at once',
  overloaded: 'the provider is overloaded',
  'server-error': 'the provider had an error',
  unreachable: 'the provider could not be reached',
  'connection-lost': 'the connection was lost',
  'first-token-timeout': 'no answer came in time',
  'idle-timeout': 'the answer stalled',
  'total-timeout': 'the answer took too long',
  incomplete: 'the answer was cut off',
  empty: 'the answer was empty',
  'unknown-model': 'the model is not known',
  'context-too-long': 'the debate is too long for the model',
  'bad-request': 'the provider refused the request',
  'invalid-reply': 'the answer could not be read',
  ungrounded: 'it did not rest on the article',
  'out-of-role': 'it left its role',
  budget: 'the budget is used up',
  aborted: 'it was stopped',
};

/** How a turn ended, where that is worth saying. */
const endingNote: Record<Ending, string> = {
  complete: '',
  length: 'cut at the token limit',
  refused: 'the model refused',
  filtered: 'cut by the provider’s filter',
  repetition: 'it repeats itself',
};

/** Why a debate ended, as a heading. */
export const endedAs: Record<EndReason, string> = {
  converged: 'Converged',
  deadlock: 'Deadlock',
  plateau: 'Plateau',
  'round-limit': 'Round limit reached',
  budget: 'Budget used up',
  stopped: 'Stopped',
  failed: 'Failed',
};

export const simulatedMark = 'SIMULATED: not a language model';

/** How a speaker left its role. */
export const breakPhrase: Record<NonNullable<Convergence['roleBreaks']>[number]['kind'], string> = {
  assistant: 'in an assistant’s voice',
  'stage-direction': 'with a stage direction',
  another: 'in another’s name',
  meta: 'talking about the exercise',
};

/** Said beside words that stand in no text that is shown. */
export const takenOff = ', taken off before others read it';

/** A statement drafted a second time says so. */
export function statementTitle({ draft }: { draft?: number | undefined }): string {
  return draft === 2 ? 'Closing statement, second draft' : 'Closing statement';
}

const statuses = ['agreed', 'conditional', 'open'] as const;

/** The items of a statement: agreed first, then what hangs on conditions, then what is open. */
export function byStatus<Item extends { status: (typeof statuses)[number] }>(items: readonly Item[]): Item[] {
  return [...items].sort((one, other) => statuses.indexOf(one.status) - statuses.indexOf(other.status));
}

/** How many issues a statement calls what, and who signed it; what not all signed is the moderator's draft and no agreement. */
export function outcomeOfStatement(
  items: NonNullable<Debate['statement']>['items'],
  answers: Debate['answers'],
): string {
  const signed = answers.filter(({ answer }) => answer === 'signed').length;
  const signing = `${signed} of ${answers.length} who answered signed the closing statement.`;
  if (items.length === 0) return signing;
  const counts = statuses.map(
    (status) => `${items.filter((item) => item.status === status).length} ${status}`,
  );
  const drafted = signed < answers.length ? ', as the moderator drafted them' : '';
  return `Of ${counted(items.length, 'issue')}${drafted}: ${counts.join(', ')}. ${signing}`;
}

/** Where a fork left the debate it comes from. */
export function forkSentence({ debate, turn }: { debate: string; turn: number }): string {
  return `A fork of ${debate}: all before turn ${turn} is that debate’s.`;
}
