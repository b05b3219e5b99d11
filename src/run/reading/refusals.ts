import type { Debate, Turn } from '../../debate/debate.ts';

/** Letters at the beginning of a speech in which a refusal would speak up. */
const beginning = 40;

/**
 * Does a speech decline to take the part, in place of taking it? Where the judge of its round was asked for breaks of role: it begins in
 * a quoted assistant's voice and is quoted for no stand, in whatever language. Where not: by its phrases.
 */
export function refusesTask(
  { verdicts }: Pick<Debate, 'verdicts'>,
  { turn, round, text }: Pick<Turn, 'turn' | 'round' | 'text'>,
): boolean {
  const breaks = verdicts.find((verdict) => verdict.round === round)?.convergence?.roleBreaks;
  if (breaks === undefined) return isRefusal(text);
  const isQuotedForStand = verdicts.some(({ samples }) =>
    samples.some(({ readings }) => readings.some((reading) => reading.turn === turn)),
  );
  const begins = (quote: string) => text.includes(quote) && text.indexOf(quote) <= beginning;
  return (
    !isQuotedForStand &&
    breaks.some((one) => one.turn === turn && one.kind === 'assistant' && begins(one.quote))
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
