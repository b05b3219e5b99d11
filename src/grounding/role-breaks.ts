import type { CastMember } from '../debate/setup.ts';
import { findQuotations } from './quotations.ts';

/** A place where a speaker is not the persona it should be. */
export interface RoleBreak {
  turn: number;
  /**
   * - another: speaks in another one's name, or under its label
   * - assistant: speaks as a model or an assistant
   * - stage-direction: tells what its body does
   * - meta: talks about its persona, its prompt or the exercise
   */
  kind: 'another' | 'assistant' | 'stage-direction' | 'meta';
  /** The words that show it, and their place in the turn. */
  text: string;
  start: number;
  /** Whom it speaks as; null for the other kinds. */
  as: string | null;
}

const assistant =
  /\b(?:as an? (?:ai\b|artificial intelligence|(?:large )?language model|llm\b|chatbot)|i(?:['\u2019]m| am) (?:just |only )?(?:an? )?(?:ai\b|(?:large )?language model|llm\b|chatbot|(?:ai |virtual )assistant)|my (?:training data|knowledge cut-?off|programming))/gi;

const meta =
  /\b(?:in this (?:simulation|simulated debate|role-?play)|my (?:persona|character|assigned role|system prompt)\b|(?:the|this|my) (?:system )?prompt\b|role-?playing|(?:stay|remain)(?:ing)? in character|break(?:ing)? character)/gi;

const gesture =
  '(?:pauses?|pausing|sighs?|sighing|smil(?:es?|ing)|nods?|nodding|leans?|leaning|gestures?|gesturing|clears?|clearing|laughs?|laughing|shakes?|shaking|stands?|standing|sits?|raises?|raising|frowns?|frowning|shrugs?|shrugging|chuckles?|glances?|glancing|taps?|tapping|adjusts?|adjusting|turns?|turning|looks?|looking)';
const stageDirection = new RegExp(
  `\\*${gesture}\\b[^*\\n]{0,80}\\*|[([]${gesture}\\b[^)\\]\\n]{0,80}[)\\]]`,
  'gi',
);

/** Looks for role breaks in one speech. What stands in quotation marks is somebody else's, and breaks nothing. */
export function roleBreaksIn(
  { turn, speaker, text }: { turn: number; speaker: string; text: string },
  cast: readonly Pick<CastMember, 'id' | 'name' | 'short'>[],
): RoleBreak[] {
  const own = withoutQuotations(text);
  const found = (kind: RoleBreak['kind'], pattern: RegExp, as: string | null): RoleBreak[] =>
    [...own.matchAll(pattern)].map((match) => ({
      turn,
      kind,
      text: match[0].trim(),
      start: match.index,
      as,
    }));
  const others = cast.filter(({ id }) => id !== speaker);
  return [
    ...others.flatMap((other) => found('another', speakingAs(other), other.id)),
    ...found('assistant', assistant, null),
    ...found('stage-direction', stageDirection, null),
    ...found('meta', meta, null),
  ].sort((one, other) => one.start - other.start);
}

/** A label at the beginning of a line, or "speaking for the ...", "I, the ...", "as the ..., we ...". */
function speakingAs({ name, short }: Pick<CastMember, 'name' | 'short'>): RegExp {
  const who = `(?:the |an? )?(?:${literal(name)}|${literal(short)})(?![\\p{L}\\p{N}])`;
  const label = `^[\\s*_[]*${who}[\\s*_\\]]*:`;
  const inName = `\\b(?:speaking (?:as|for|on behalf of)|i,? as|i am|i['\u2019]m|we,? as|i,) ${who}`;
  const asWe = `\\bas ${who},? (?:i|we)\\b`;
  return new RegExp(`${label}|${inName}|${asWe}`, 'gimu');
}

function withoutQuotations(text: string): string {
  let result = text;
  for (const { start, end } of findQuotations(text)) {
    result = result.slice(0, start) + ' '.repeat(end - start) + result.slice(end);
  }
  return result;
}

function literal(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
