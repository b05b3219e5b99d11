import { createHash } from 'node:crypto';
import { cleanLine } from '../text/clean-text.ts';
import { html, type Piece, trusted } from './markup.ts';
import { colours } from './style/colours.ts';
import { tables } from './style/measure-style.ts';
import { transcript, typography } from './style/typography.ts';

/**
 * The script of every page: it only adds to what works without. Opens and closes the evidence, marks in the contents where
 * the reader is, and on a narrow screen folds the contents into a bar that stays at the top.
 */
const pageScript = `
const evidence = () => [...document.querySelectorAll('details.evidence')];
const button = document.getElementById('open-all');
button.addEventListener('click', () => {
  const all = evidence();
  const open = !all.every((one) => one.open);
  for (const one of all) one.open = open;
  button.textContent = open ? 'Close all evidence' : 'Open all evidence';
});
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = target && target.closest('details:not([open])');
  if (closed) { closed.open = true; target.scrollIntoView(); }
};
addEventListener('hashchange', reveal);
reveal();
const contents = document.querySelector('.rail details');
const narrow = matchMedia('(max-width:62rem)');
const fold = () => { contents.open = !narrow.matches; contents.parentElement.classList.toggle('bar', narrow.matches); };
narrow.addEventListener('change', fold);
fold();
contents.addEventListener('click', (event) => { if (narrow.matches && event.target.closest('a')) contents.open = false; });
const here = document.getElementById('here');
let links = new Map();
const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    for (const link of links.values()) link.removeAttribute('aria-current');
    links.get(target.id)?.setAttribute('aria-current', 'location');
    here.textContent = ': ' + links.get(target.id)?.textContent;
  }
}, { rootMargin: '-10% 0px -80% 0px' });
const track = () => {
  button.hidden = evidence().length === 0;
  watch.disconnect();
  links = new Map([...document.querySelectorAll('.rail a')].map((link) => [link.hash.slice(1), link]));
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) watch.observe(section);
  }
};
track();
`;

/**
 * Of a page that is served: takes its contents anew when the server says that there is more, and keeps the reader's place
 * and what they have opened.
 */
const liveScript = `
const main = document.getElementById('main');
const live = document.getElementById('live');
const keyOf = (one) => (one.querySelector('[id]') ?? one.closest('[id]'))?.id ?? '';
const renew = async () => {
  const next = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html');
  const open = new Set([...main.querySelectorAll('details[open]')].map(keyOf));
  const anchor = scrollY > 0 && [...main.querySelectorAll('[id]')].find((one) => one.getBoundingClientRect().top >= 0);
  const before = anchor && anchor.getBoundingClientRect().top;
  main.replaceChildren(...next.getElementById('main').childNodes);
  document.querySelector('.rail ol').replaceWith(next.querySelector('.rail ol'));
  for (const one of main.querySelectorAll('details')) if (open.has(keyOf(one))) one.open = true;
  const after = anchor && document.getElementById(anchor.id);
  if (after) scrollBy({ top: after.getBoundingClientRect().top - before, behavior: 'instant' });
  track();
};
let known = live.dataset.state;
let renewing = Promise.resolve();
const source = new EventSource('/events');
source.addEventListener('message', ({ data }) => {
  live.textContent = 'Live';
  if (known !== data) renewing = renewing.then(renew);
  known = data;
});
source.addEventListener('error', () => { live.textContent = 'No longer served'; });
`;

export const styleSheet = [colours, typography, tables, transcript].join('');

export interface Page {
  title: string;
  /** Entries of the side rail: id of a section and its name. */
  contents: readonly (readonly [string, string])[];
  /** Shown above the contents and in the foot: what kind of words these are. */
  label: string;
  header: Piece;
  sections: Piece;
  madeBy: string;
  /** Of a page that is served while its subject may still change: its state, which the server tells whenever it is another. */
  live?: number;
  /** Rules and script of one kind of page, constant text of our own, after those of all. */
  style?: string;
  script?: string;
}

/** A page that needs nothing but itself: no request leaves it, and nothing but its own style and script runs. */
export function page({ title, contents, label, header, sections, madeBy, live, ...own }: Page): string {
  const style = styleSheet + (own.style ?? '');
  const script = pageScript + (own.script ?? '') + (live === undefined ? '' : liveScript);
  const policy = [
    "default-src 'none'",
    `style-src '${sourceHash(style)}'`,
    `script-src '${sourceHash(script)}'`,
    'img-src data:',
    ...(live === undefined ? [] : ["connect-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="parley">
<title>${cleanLine(title)}</title>
<link rel="icon" href="${icon}">
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<div class="frame">
<nav class="rail" aria-label="Contents">
<p class="label">${label}</p>
${
  live === undefined
    ? null
    : html`<p class="label" id="live" role="status" data-state="${live}">Live</p>
`
}<details open><summary>Contents<span id="here"></span></summary>
<ol>${contents.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ol>
<button type="button" id="open-all" hidden>Open all evidence</button>
</details>
</nav>
<main id="main" tabindex="-1">
${header}
${sections}
</main>
</div>
<footer class="foot"><p>${label}. ${madeBy}</p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return document.markup;
}

const icon =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Cpath fill=%22none%22 stroke=%22%23a33b20%22 stroke-width=%222%22 d=%22M1 3c7 0 7 5 14 5M1 13c7 0 7-5 14-5%22/%3E%3C/svg%3E';

function sourceHash(source: string): string {
  return `sha256-${createHash('sha256').update(source, 'utf8').digest('base64')}`;
}
