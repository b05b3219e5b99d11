import { html, type Markup, trusted } from '../../../html/markup.ts';
import { personOf, type Subject } from '../../model/subject.ts';

/** Shapes by place in the cast, so that colour is never the only difference; drawn in a 12 by 12 box. */
const shapes = [
  '<circle cx="6" cy="6" r="5"/>',
  '<rect x="1.5" y="1.5" width="9" height="9"/>',
  '<path d="M6 .8 11.6 11H.4Z"/>',
  '<path d="M6 .2 11.8 6 6 11.8.2 6Z"/>',
  '<path d="M6 11.2.4 1h11.2Z"/>',
  '<path d="M4 0h4v4h4v4H8v4H4V8H0V4h4Z"/>',
  '<circle cx="6" cy="6" r="3.9" fill="none" stroke="currentColor" stroke-width="2.2"/>',
  '<rect x="2" y="2" width="8" height="8" fill="none" stroke="currentColor" stroke-width="2.2"/>',
  '<path d="M6 2.4 10 9.8H2Z" fill="none" stroke="currentColor" stroke-width="2"/>',
  '<path d="M6 2 10 6 6 10 2 6Z" fill="none" stroke="currentColor" stroke-width="2"/>',
  '<path d="M2 0 6 4 10 0 12 2 8 6 12 10 10 12 6 8 2 12 0 10 4 6 0 2Z"/>',
  '<path d="M0 4h12v4H0Z"/>',
];

export function placeOf({ cast }: Pick<Subject, 'cast'>, speaker: string): number {
  return cast.findIndex(({ id }) => id === speaker);
}

/** The class that gives a speaker's colour; the moderator has none. */
export function colourOf(subject: Pick<Subject, 'cast'>, speaker: string): string {
  const place = placeOf(subject, speaker);
  return place < 0 ? 'who chair' : `who who-${place % 6}`;
}

export function shapeOf(subject: Pick<Subject, 'cast'>, speaker: string): Markup {
  const place = placeOf(subject, speaker);
  return trusted(place < 0 ? '' : (shapes[place % shapes.length] as string));
}

/** A speaker's mark, as a picture the size of a letter. */
export function markOf(subject: Pick<Subject, 'cast'>, speaker: string): Markup {
  const colour = colourOf(subject, speaker);
  return html`<svg class="mark ${colour}" viewBox="0 0 12 12" aria-hidden="true" focusable="false">${shapeOf(subject, speaker)}</svg>`;
}

/** A speaker's name behind its mark; the whole stays on one line. */
export function nameTag(
  subject: Pick<Subject, 'cast'>,
  speaker: string,
  form: 'name' | 'short' = 'name',
): Markup {
  return html`<span class="tag">${markOf(subject, speaker)} ${personOf(subject, speaker)[form]}</span>`;
}
