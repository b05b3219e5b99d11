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
const all = [...document.querySelectorAll('details.evidence')];
const button = document.getElementById('open-all');
if (button && all.length > 0) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const open = !all.every((one) => one.open);
    for (const one of all) one.open = open;
    button.textContent = open ? 'Close all evidence' : 'Open all evidence';
  });
}
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
const links = new Map([...document.querySelectorAll('.rail a')].map((link) => [link.hash.slice(1), link]));
const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    for (const link of links.values()) link.removeAttribute('aria-current');
    links.get(target.id)?.setAttribute('aria-current', 'location');
    here.textContent = ': ' + links.get(target.id)?.textContent;
  }
}, { rootMargin: '-10% 0px -80% 0px' });
for (const id of links.keys()) {
  const section = document.getElementById(id);
  if (section) watch.observe(section);
}
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
  /** Rules and script of one kind of page, constant text of our own, after those of all. */
  style?: string;
  script?: string;
}

/** A page that needs nothing but itself: no request leaves it, and nothing but its own style and script runs. */
export function page({ title, contents, label, header, sections, madeBy, ...own }: Page): string {
  const style = styleSheet + (own.style ?? '');
  const script = pageScript + (own.script ?? '');
  const policy = [
    "default-src 'none'",
    `style-src '${sourceHash(style)}'`,
    `script-src '${sourceHash(script)}'`,
    'img-src data:',
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
<details open><summary>Contents<span id="here"></span></summary>
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
