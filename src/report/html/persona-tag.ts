import { html, type Markup } from '../../html/markup.ts';
import { personaClass, personaPicture } from '../../html/persona-mark.ts';
import { personOf, placeOf, type Subject } from '../model/subject.ts';

/** The class that gives a speaker's colour. */
export function colourOf(subject: Pick<Subject, 'cast'>, speaker: string): string {
  return personaClass(placeOf(subject, speaker));
}

/** A speaker's mark. */
export function markOf(subject: Pick<Subject, 'cast'>, speaker: string): Markup {
  return personaPicture(placeOf(subject, speaker));
}

/** A speaker's name behind its mark; the whole stays on one line. */
export function nameTag(
  subject: Pick<Subject, 'cast'>,
  speaker: string,
  form: 'name' | 'short' = 'name',
): Markup {
  return html`<span class="tag">${markOf(subject, speaker)} ${personOf(subject, speaker)[form]}</span>`;
}
