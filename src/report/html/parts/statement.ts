import type { Debate } from '../../../debate/debate.ts';
import { html, type Piece } from '../../../html/markup.ts';
import type { Subject } from '../../model/subject.ts';
import { issueTitle } from '../../model/subject.ts';
import { annotatedText } from './annotated-text.ts';
import { nameTag } from './people-marks.ts';

/** The closing statement: prose, issue by issue, and who signed. */
export function statementSection({ statement, answers, started }: Debate, subject: Subject): Piece {
  if (!statement) return null;
  const waiting = started.cast.filter(
    ({ id, principal }) => principal && !answers.some(({ persona }) => persona === id),
  );
  return html`<section id="statement" aria-labelledby="statement-h">
<h2 id="statement-h">Closing statement</h2>
<p class="lead">Drafted by the moderator; each one who could sign signed or refused.</p>
<div class="statement">${annotatedText(statement.text, [])}</div>
${
  statement.items.length === 0
    ? null
    : html`<ul class="items">${statement.items.map(
        ({ issue, status, text }) =>
          html`<li class="${status}"><span class="status">${status}</span> <b>${issueTitle(subject, issue)}</b> ${text}</li>`,
      )}</ul>`
}
<ul class="answers">${answers.map(
    ({ persona, answer, reason }) =>
      html`<li class="${answer}">${nameTag(subject, persona)} <b>${answer === 'signed' ? 'signed' : 'refused to sign'}</b><blockquote><p>${reason}</p></blockquote></li>`,
  )}${waiting.map(({ id }) => html`<li>${nameTag(subject, id)} did not come to answer.</li>`)}</ul>
</section>`;
}
