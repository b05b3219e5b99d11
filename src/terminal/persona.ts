import type { Debate } from '../debate/debate.ts';
import { nameOf } from '../debate/debate.ts';
import { moderatorId } from '../debate/events.ts';
import { moderatorGlyph, personaMark, placeInCast } from '../text/persona-marks.ts';
import type { Meaning } from './theme/theme.ts';

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
    return {
      id: speaker,
      name,
      short: name,
      glyph: moderatorGlyph,
      meaning: 'moderator',
      isPrincipal: false,
    };
  }
  const { cast } = debate.started;
  const member = cast.find(({ id }) => id === speaker);
  const { glyph, hue } = personaMark(Math.max(0, placeInCast(cast, speaker)));
  return {
    id: speaker,
    name: member?.name ?? speaker,
    short: member?.short ?? speaker,
    glyph,
    meaning: `person-${hue}`,
    isPrincipal: member?.principal ?? false,
  };
}

export function castOf(debate: Debate): Person[] {
  return debate.started.cast.map(({ id }) => personOf(debate, id));
}
