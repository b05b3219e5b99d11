import type { Debate, Turn } from '../../debate/debate.ts';
import { judgeRole } from '../../debate/judges.ts';

/** Letters at the beginning of a speech in which a refusal would speak up. */
const beginning = 40;

/** What tells refusals of a debate; its judges by role, where they are known. */
type Told = Pick<Debate, 'verdicts'> & {
  turns?: readonly Pick<Turn, 'turn' | 'kind' | 'text'>[];
  started?: { models: Readonly<Record<string, { simulated: boolean }>> };
};

/**
 * Does a speech decline to take the part, in place of taking it? It is quoted for no stand, and either the judge quoted an
 * assistant's voice at its beginning, or the same words were given for a speech before or after: nobody says a speech twice, a
 * canned refusal comes back in any language. Where no judge that can tell was asked, its phrases count too.
 */
export function refusesTask(
  { verdicts, turns = [], started }: Told,
  { turn, round, text }: Pick<Turn, 'turn' | 'round' | 'text'>,
): boolean {
  const breaks = verdicts.find((verdict) => verdict.round === round)?.convergence?.roleBreaks;
  const isQuotedForStand = verdicts.some(({ samples }) =>
    samples.some(({ readings }) => readings.some((reading) => reading.turn === turn)),
  );
  if (breaks === undefined) return isRefusal(text);
  if (isQuotedForStand) return false;
  const begins = (quote: string) => text.includes(quote) && text.indexOf(quote) <= beginning;
  const words = text.trim();
  const isCanned = turns.some(
    (other) => other.kind === 'speech' && other.turn !== turn && other.text.trim() === words,
  );
  return (
    isCanned ||
    breaks.some((one) => one.turn === turn && one.kind === 'assistant' && begins(one.quote)) ||
    // The simulator reads stands, and finds no break of any role.
    ((started?.models[judgeRole]?.simulated ?? false) && isRefusal(text))
  );
}

/** How models say that they will not, at the beginning of a reply and mostly instead of one. */
const refusal =
  /^[\s*_"“]*(?:I['’]?m sorry|I am sorry|Sorry|I apologi[sz]e|Unfortunately|As an? (?:AI|language model|assistant)|I (?:can(?:no|['’])t|cannot|am (?:not able|unable)|won['’]t|must decline|have to decline)|(?:Es tut mir leid|Tut mir leid|Entschuldigung)|(?:Je suis désolée?|Désolée?)|Lo siento|Mi dispiace|Desculpe|Извините|К сожалению|抱歉|很抱歉|对不起|申し訳|죄송|عذر|آسف)/iu;
const declined =
  /\b(?:can(?:no|['’])t|cannot|unable|not able|won['’]t|decline|not comfortable)\b[^.!?\n]{0,80}\b(?:assist|help|comply|continue|provide|create|write|generate|participate|role-?play|take (?:a|this) (?:position|role)|take part in this|fulfil|engage|produce|argue|do that)|\b(?:nicht|kein)\b[^.!?\n]{0,60}\b(?:helfen|unterstützen|erstellen|fortfahren|teilnehmen)|\b(?:ne peux pas|ne puis)\b|\bno puedo\b|\bnon posso\b|\bnão posso\b|не могу|无法|不能|できません|수 없습니다|لا (?:أستطيع|يمكنني)/iu;

/** A model that says so of itself need not say what it will not do. */
const unableAsModel =
  /^[\s*_"“]*As an? (?:AI|language model|assistant)\b[^.!?\n]{0,40}\b(?:cannot|can['’]t|unable|not able|won['’]t)\b/iu;

/** A speech that begins by excusing itself and says in that breath that it will not do the task. A persona's own "we cannot accept" is none. A cue where no judge has looked. */
export function isRefusal(text: string): boolean {
  const start = text.slice(0, 400);
  return refusal.test(start) && (declined.test(start) || unableAsModel.test(start));
}
