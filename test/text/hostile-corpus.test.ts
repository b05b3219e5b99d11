import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { compareArms } from '../../src/compare/compare-arms.ts';
import { comparisonPage } from '../../src/compare/html/comparison-page.ts';
import { comparisonText } from '../../src/compare/text/comparison-text.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import type { RunSignal } from '../../src/debate/notices.ts';
import { debatePage } from '../../src/report/html/debate-page.ts';
import { debateMarkdown } from '../../src/report/markdown/debate-markdown.ts';
import { createJson } from '../../src/terminal/json.ts';
import { createPlain } from '../../src/terminal/plain.ts';
import { createScreenReader } from '../../src/terminal/screen-reader.ts';
import { sanitizeText } from '../../src/text/sanitize.ts';
import { aimsWith } from '../compare/made-up-debates.ts';
import { reportedDebates } from '../compare/reported-debates.ts';
import { debateEvents } from '../helpers/debate-events.ts';
import { madeReport } from '../report/made-up-report.ts';
import { Collected } from '../terminal/collected.ts';
import { Watched } from '../terminal/tui/harness.ts';

/** One corpus for every way out: what hides, reorders, imitates, moves a cursor or writes elsewhere. Each holds SAFE on both sides. */
const corpus: readonly (readonly [string, string])[] = [
  ['zero-width space', 'SAFE\u200bSAFE'],
  ['Arabic letter mark', 'SAFE\u061cSAFE'],
  ['soft hyphen', 'SAFE\u00adSAFE'],
  ['tag characters', 'SAFE\u{e0049}\u{e0047}\u{e004e}SAFE'],
  ['bidi override', 'SAFE\u202eSAFE'],
  ['bidi isolates', 'SAFE\u2066\u2067\u2068\u2069SAFE'],
  ['joiner between Latin letters', 'SAFE\u200d\u200cSAFE'],
  ['variation selector on a letter', 'SAFE\ufe0f\u{e0100}SAFE'],
  ['word joiner and invisible plus', 'SAFE\u2060\u2064SAFE'],
  ['Hangul filler', 'SAFE\u3164\uffa0SAFE'],
  ['annotation anchors', 'SAFE\ufff9\ufffa\ufffbSAFE'],
  ['byte order mark', 'SAFE\ufeffSAFE'],
  ['colour', 'SAFE\u001b[31mSAFE'],
  ['screen cleared', 'SAFE\u001b[2J\u001b[HSAFE'],
  ['alternate screen left', 'SAFE\u001b[?1049lSAFE'],
  ['title', 'SAFE\u001b]0;owned\u0007SAFE'],
  ['clipboard', 'SAFE\u001b]52;c;b3duZWQ=\u001b\\SAFE'],
  ['link', 'SAFE\u001b]8;;https://owned.example\u0007SAFE'],
  ['device control string', 'SAFE\u001bPownedq\u001b\\SAFE'],
  ['application command', 'SAFE\u001b_Gowned\u001b\\SAFE'],
  ['privacy message', 'SAFE\u001b^owned\u001b\\SAFE'],
  ['C1 introducers', 'SAFE\u009b31m\u009downed\u009cSAFE'],
  ['NUL, BEL, backspace, DEL', 'SAFE\u0000\u0007\u0008\u007fSAFE'],
];

const text = corpus.map(([name, hostile]) => `${name}: ${hostile}.`).join(' ');

function eventsWith(words: string): DebateEvent[] {
  return debateEvents({ rounds: 1, questions: { 2: words } }).map((event): DebateEvent => {
    switch (event.type) {
      case 'debate-started':
        return {
          ...event,
          scenario: { ...event.scenario, title: words },
          article: { ...event.article, title: words },
          cast: event.cast.map((member) => ({ ...member, name: `${member.id} ${words}` })),
          agenda: event.agenda.map((issue) => ({ ...issue, title: words })),
        };
      case 'turn-ended':
        return { ...event, text: words };
      case 'statement-drafted':
        return { ...event, text: words, items: event.items.map((item) => ({ ...item, text: words })) };
      case 'statement-answered':
        return { ...event, reason: words };
      case 'debate-ended':
        return { ...event, detail: words };
      default:
        return event;
    }
  });
}

/** No control but the line feed, nothing that Unicode calls ignorable, and nothing of what stood inside a sequence. */
function expectSafe(shown: string): void {
  expect(shown.match(/(?!\n)[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu) ?? []).toEqual([]);
  expect(shown).not.toMatch(/owned|b3duZWQ|\[31m|\[2J/u);
  expect(shown).toMatch(/zero-width space: SAFESAFE/u);
}

const events = eventsWith(text);
const signals = events.map((event): RunSignal => ({ kind: 'event', event }));

describe('one hostile corpus is harmless', () => {
  test('on the screen', async () => {
    const watched = new Watched(120, 60);
    watched.show(signals);
    await watched.until('SAFESAFE');
    const screen = await watched.text();
    await watched.tui.close();
    expectSafe(screen.replace(/\s*│?\n\s*/g, ' '));
  });

  test('in plain text, for a pipe', async () => {
    const [out, err] = [new Collected(), new Collected()];
    const plain = createPlain({ out: out.stream, err: err.stream, color: false, clock: { now: () => 0 } });
    for (const signal of signals) plain.show(signal);
    await plain.close();
    expectSafe(out.text);
  });

  test('in plain text on a terminal while it streams, split at every place', async () => {
    const [out, err] = [new Collected({ isTTY: true }), new Collected()];
    const plain = createPlain({ out: out.stream, err: err.stream, color: false, clock: { now: () => 0 } });
    const [start, turn] = [
      signals[0],
      signals.find(
        ({ kind, ...one }) => kind === 'event' && 'event' in one && one.event.type === 'turn-ended',
      ),
    ];
    if (!start || turn?.kind !== 'event' || turn.event.type !== 'turn-ended') throw new Error('no turn');
    plain.show(start);
    const { speaker, round, model } = turn.event;
    plain.show({
      kind: 'notice',
      notice: { type: 'turn-started', purpose: 'speak', speaker, round, turn: 1, model },
    });
    for (const letter of text.split(''))
      plain.show({ kind: 'notice', notice: { type: 'turn-delta', speaker, text: letter } });
    plain.show(turn);
    await plain.close();
    // The theme of a terminal leaves bold and underline even without colour.
    expectSafe(out.text.replace(/\u001b\[[\d;]*m/g, ''));
  });

  test('in sentences for a screen reader', async () => {
    const out = new Collected();
    const reader = createScreenReader({ out: out.stream });
    for (const signal of signals) reader.show(signal);
    await reader.close();
    expectSafe(out.text);
  });

  test('in JSON lines, which still hold the very same words', async () => {
    const out = new Collected();
    const json = createJson({ out: out.stream });
    for (const signal of signals) json.show(signal);
    await json.close();
    expect(out.text).not.toMatch(/(?!\n)[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u);
    const read = out.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(read).toEqual(events);
  });

  test('in Markdown', () => {
    expectSafe(debateMarkdown(madeReport(events, true)));
  });

  test('on the page of a debate', () => {
    const page = debatePage(madeReport(events, true));
    expectSafe(page);
    expect(parseHTML(page).document.querySelector('h1')?.textContent).toContain('soft hyphen: SAFESAFE');
  });

  test('on the page and in the text of a comparison', () => {
    const arms = ['plain', 'steelman'];
    const debates = reportedDebates({ arms, articles: 2 }).map((debate) => ({
      ...debate,
      scenario: text,
      speakers: debate.speakers.map((speaker) => ({ ...speaker, name: text })),
      turns: debate.turns.map((turn) => ({ ...turn, text, name: text })),
      measures: { ...debate.measures, article: `${text} ${debate.measures.article}` },
    }));
    const measures = debates.map((debate) => debate.measures);
    const result = compareArms({
      title: text,
      arms,
      debates: measures,
      aims: aimsWith({ within: 3 }),
      seed: 1,
    });
    expectSafe(comparisonPage(result, debates));
    expectSafe(sanitizeText(comparisonText(result, { width: 2000 })));
  });
});
