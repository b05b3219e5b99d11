import type { Passage } from '../debate/agenda.ts';
import type { Debate } from '../debate/debate.ts';
import { nameOf } from '../debate/debate.ts';
import { moderatorId } from '../debate/events.ts';
import type { OwnLineCrossed } from '../debate/red-lines.ts';
import { position } from '../text/figures.ts';
import { moderatorGlyph, personaMark, placeInCast } from '../text/persona-marks.ts';
import { speakerLabelsIn } from '../text/wording.ts';
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

export function issueTitle({ started }: Debate, issue: string): string {
  return started.agenda.find(({ id }) => id === issue)?.title ?? issue;
}

/** The passages that a persona holds: all, where its file names none. */
export function passagesFor({ started }: Debate, persona: string): Passage[] {
  const knows = started.cast.find(({ id }) => id === persona)?.knows;
  return started.article.passages.filter(({ number }) => knows === undefined || knows.includes(number));
}

/** A red line of its own that a persona crossed, in one sentence. */
export function crossedSentence(
  debate: Debate,
  { speaker, issue, position: stands, min, max, turn }: OwnLineCrossed,
): string {
  const bounds = `${position(min)} to ${position(max)}`;
  const place = turn === null ? '' : ` [T${turn}]`;
  return `${nameOf(debate, speaker)} crosses its own red line on ${issueTitle(debate, issue)}: it stands at ${position(stands)} and declares ${bounds}.${place}`;
}

/** Where a speech puts a label of somebody else, such as "[Moderator]:", before words of its own. */
export function labelsOfOthers(
  debate: Debate,
  speaker: string,
  text: string,
): { start: number; end: number }[] {
  const others = debate.started.cast.filter(({ id }) => id !== speaker);
  const names = others.flatMap(({ name, short }) => [name, short]);
  return speakerLabelsIn(text, speaker === moderatorId ? names : [...names, nameOf(debate, moderatorId)]);
}

export function castOf(debate: Debate): Person[] {
  return debate.started.cast.map(({ id }) => personOf(debate, id));
}
