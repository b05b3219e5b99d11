import type { Passage } from '../debate/agenda.ts';
import { askedBefore, type Debate, type Turn, termsQuotedIn } from '../debate/debate.ts';
import type { Ending } from '../debate/events.ts';
import { repetitionsInOrder, runsOfSpeech } from '../grounding/repetition.ts';
import { groundTurn, isFaithful } from '../grounding/turn-grounding.ts';
import { fidelityOf, type PersonaFidelity } from '../run/reading/fidelity.ts';
import { speechCredits } from '../why/credit.ts';
import type { Explanation } from '../why/explanations.ts';

/** What code finds in one speech. */
export interface SpeechFacts {
  turn: number;
  speaker: string;
  ending: Ending;
  /** A person wrote it from a seat, and no model. */
  byPerson: boolean;
  /** Share of what can be checked that checks out, 0..1; null where nothing can be. */
  grounding: number | null;
  /** Quotations of four words or more that stand in no source, or not in the one cited. */
  misquotes: number;
  /** Own red lines crossed and roles left; null where none shows and no reading followed the speech, so that lines crossed are unknown. */
  breaches: number | null;
  /** Places where it leaves its role, by form or by what a judge read. */
  roleBreaks: number;
  /** Its words refuse the task, whatever the provider called its end. */
  refuses: boolean;
  /** Share of its four-word runs that stood in its speaker's speeches before, 0..1. */
  repetition: number;
  /** Numbers of passages that it cites. */
  cites: readonly number[];
  /** Points of the scale given with a stated reason, less those given without one. */
  reasonedPoints: number;
  /** Points of the scale by which its reasons moved others towards its speaker's stand; null where nobody asked why they moved. */
  persuasion: number | null;
}

/** The facts of every speech, in order; `why` is what was asked of why others moved. */
export function speechFactsOf(debate: Debate, why: readonly Explanation[] | null): SpeechFacts[] {
  const credits = why && speechCredits(debate, why);
  const { agenda, article, cast } = debate.started;
  const passages = sharedPassages(article.sha256, article.passages);
  const castNames = cast.flatMap(({ name, short }) => [name, short]);
  const speeches = debate.turns.filter((turn) => turn.kind === 'speech');
  const fidelity = fidelityOf({ agenda, cast, turns: speeches, readings: debate.verdicts });
  const repetitions = repetitionsIn(speeches);
  const read = new Set(debate.verdicts.flatMap(({ round, convergence }) => (convergence ? [round] : [])));
  return speeches.map(({ turn, round, speaker, text, ending, author }) => {
    const earlierTurns = debate.turns.filter((earlier) => earlier.turn < turn);
    const grounding = groundTurn({
      text,
      passages,
      agenda,
      castNames,
      earlierTurns,
      questions: askedBefore(debate, turn),
      knows: cast.find(({ id }) => id === speaker)?.knows,
      terms: termsQuotedIn(debate, turn),
    });
    const own = fidelity.find((one) => one.speaker === speaker);
    return {
      turn,
      speaker,
      ending,
      byPerson: author === 'person',
      grounding: grounding.score,
      misquotes: grounding.quotations.filter((quotation) => !isFaithful(quotation)).length,
      breaches: own ? knownBreaches(breachesIn(own, turn), read.has(round)) : null,
      roleBreaks: own ? own.roleBreaks.filter((one) => one.turn === turn).length : 0,
      refuses: isRefusal(text),
      repetition: repetitions.get(turn) ?? 0,
      cites: grounding.citations.flatMap(({ label }) =>
        /^P\d+$/.test(label) ? [Number(label.slice(1))] : [],
      ),
      reasonedPoints: own ? pointsIn(own.moves, turn) : 0,
      persuasion: credits?.get(turn) ?? null,
    };
  });
}

/** How models say that they will not, at the beginning of a reply and mostly instead of one. */
const refusal =
  /^[\s*_"“]*(?:I['’]?m sorry|I am sorry|Sorry|I apologi[sz]e|Unfortunately|As an? (?:AI|language model|assistant)|I (?:can(?:no|['’])t|cannot|am (?:not able|unable)|won['’]t|must decline|have to decline)|(?:Es tut mir leid|Tut mir leid|Entschuldigung)|(?:Je suis désolée?|Désolée?)|Lo siento|Mi dispiace|Desculpe|Извините|К сожалению|抱歉|很抱歉|对不起|申し訳|죄송|عذر|آسف)/iu;
const declined =
  /\b(?:can(?:no|['’])t|cannot|unable|not able|won['’]t|decline|not comfortable)\b[^.!?\n]{0,80}\b(?:assist|help|comply|continue|provide|create|write|generate|participate|role-?play|take (?:a|this) (?:position|role)|fulfil|engage|produce|argue|do that)|\b(?:nicht|kein)\b[^.!?\n]{0,60}\b(?:helfen|unterstützen|erstellen|fortfahren|teilnehmen)|\b(?:ne peux pas|ne puis)\b|\bno puedo\b|\bnon posso\b|\bnão posso\b|не могу|无法|不能|できません|수 없습니다|لا (?:أستطيع|يمكنني)/iu;

/** A speech that begins by excusing itself and says in that breath that it will not do the task. A persona's own "we cannot accept" is none. */
export function isRefusal(text: string): boolean {
  const start = text.slice(0, 400);
  return refusal.test(start) && declined.test(start);
}

/** How far each speech repeats its speaker's earlier ones, by turn. */
function repetitionsIn(speeches: readonly Turn[]): ReadonlyMap<number, number> {
  const bySpeaker = Map.groupBy(speeches, ({ speaker }) => speaker);
  return new Map(
    [...bySpeaker.values()].flatMap((own) => {
      const shares = repetitionsInOrder(own.map(runsOfSpeech));
      return own.map(({ turn }, place) => [turn, shares[place] ?? 0] as const);
    }),
  );
}

/** What speeches together are credited with; null where it is known of none. */
export function sumOfPersuasion(speeches: readonly SpeechFacts[]): number | null {
  const known = speeches.flatMap(({ persuasion }) => persuasion ?? []);
  return known.length === 0 ? null : known.reduce((sum, credit) => sum + credit, 0);
}

export function meanGrounding(speeches: readonly SpeechFacts[]): number | null {
  const scores = speeches.flatMap(({ grounding }) => grounding ?? []);
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function knownBreaches(count: number, isRead: boolean): number | null {
  return isRead || count > 0 ? count : null;
}

function breachesIn({ redLinesCrossed, roleBreaks }: PersonaFidelity, turn: number): number {
  return [...redLinesCrossed, ...roleBreaks].filter((one) => one.turn === turn).length;
}

function pointsIn(moves: PersonaFidelity['moves'], turn: number): number {
  return moves
    .filter((move) => move.turn === turn)
    .reduce((sum, { kind, from, to }) => {
      const points = Math.abs(to - from);
      return kind === 'concession' ? sum + points : kind === 'drift' ? sum - points : sum;
    }, 0);
}

/** One array for all debates on an article: grounding works out an article once for each array it is given. */
let lastArticle: { sha256: string; passages: readonly Passage[] } | null = null;

function sharedPassages(sha256: string, passages: readonly Passage[]): readonly Passage[] {
  const isSame =
    lastArticle?.sha256 === sha256 &&
    lastArticle.passages.length === passages.length &&
    lastArticle.passages.every(({ text, number }, place) => {
      const other = passages[place];
      return other?.text === text && other.number === number;
    });
  if (!isSame) lastArticle = { sha256, passages };
  return lastArticle?.passages ?? passages;
}
