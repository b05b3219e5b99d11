import type { Debate } from '../../debate/debate.ts';
import { nameOf } from '../../debate/debate.ts';
import { moderatorId } from '../../debate/events.ts';
import type { Meaning } from '../theme/theme.ts';

/** One sign each, so that colour is never the only way to tell speakers apart. */
const glyphs = ['◆', '●', '▲', '■', '★', '◇', '○', '△', '□', '☆', '✦', '✚'];

export interface Person {
  id: string;
  name: string;
  short: string;
  glyph: string;
  meaning: Meaning;
  isPrincipal: boolean;
}

/** How a speaker shows everywhere on the screen. */
export function personOf(debate: Debate, speaker: string): Person {
  if (speaker === moderatorId) {
    const name = nameOf(debate, speaker);
    return { id: speaker, name, short: name, glyph: '◎', meaning: 'moderator', isPrincipal: false };
  }
  const index = debate.started.cast.findIndex(({ id }) => id === speaker);
  const member = debate.started.cast[index];
  return {
    id: speaker,
    name: member?.name ?? speaker,
    short: member?.short ?? speaker,
    glyph: glyphs[index % glyphs.length] ?? '◆',
    meaning: `person-${Math.max(0, index)}`,
    isPrincipal: member?.principal ?? false,
  };
}

export function castOf(debate: Debate): Person[] {
  return debate.started.cast.map(({ id }) => personOf(debate, id));
}
