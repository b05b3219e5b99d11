import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import { type DebateEvent, eventSchema } from '../../src/debate/events.ts';
import { debatePage } from '../../src/report/html/debate-page.ts';
import { debateEvents } from '../helpers/debate-events.ts';
import { brokenLinks, faultyDebate, hostileDebate, madeReport, pageOf } from './made-up-report.ts';

describe('the page of a debate', () => {
  test('says at its top what kind of words these are, with the disclaimer', () => {
    const { document } = pageOf(debateEvents());
    const top = document.querySelector('.masthead')?.textContent ?? '';
    expect(top).toContain('Simulated');
    expect(top).toContain('not a language model');
    expect(top).toContain('An AI simulation. Roles, not people; no statement here was made by anyone.');
    const real = pageOf(debateEvents({ model: 'openai:some-model' })).document;
    expect(real.querySelector('.masthead')?.textContent).toContain('AI-generated');
    expect(real.querySelector('.masthead')?.textContent).not.toContain('Simulated');
  });

  test('names the language of what was said, and none for the article', () => {
    const speaking = (language: string, text: string) =>
      debateEvents().map((event): DebateEvent => {
        if (event.type === 'debate-started') return language === '' ? event : { ...event, language };
        return event.type === 'turn-ended' ? { ...event, text } : event;
      });
    for (const events of [speaking('ar', 'لا نقبل'), speaking('', 'لا نقبل'), speaking('ar-EG', 'OK')]) {
      const { document } = pageOf(events, true);
      const expected = events[0]?.type === 'debate-started' ? (events[0].language ?? 'ar') : '';
      const speeches = [...document.querySelectorAll('.speech p')];
      expect(new Set(speeches.map((words) => words.getAttribute('lang')))).toEqual(new Set([expected]));
      expect(speeches.every((words) => words.getAttribute('dir') === 'auto')).toBe(true);
      expect(document.querySelector('#article [dir]')?.getAttribute('lang')).toBe('');
    }
    expect(pageOf(debateEvents()).document.querySelector('.speech p')?.hasAttribute('lang')).toBe(false);
  });

  test('with its article and every speech of a whole debate is under 300 kB', async () => {
    const journal = await readFile('transcripts/samples/us-dprk-talks/journal.jsonl', 'utf8');
    const events = journal
      .trimEnd()
      .split('\n')
      .map((line) => eventSchema.parse(JSON.parse(line)));
    const text = debatePage(madeReport(events, true));
    expect(fold(events)?.verdicts.length).toBeGreaterThanOrEqual(4);
    expect(Buffer.byteLength(text)).toBeLessThan(300_000);
  });

  test('has a target for every link and no id twice', () => {
    for (const events of [debateEvents({ rounds: 4, notes: true }), faultyDebate(), hostileDebate()]) {
      const { document } = pageOf(events, true);
      expect(brokenLinks(document)).toEqual([]);
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
      expect(ids).toEqual([...new Set(ids)]);
      expect(document.querySelectorAll('a[href^="#"]').length).toBeGreaterThan(100);
    }
  });

  test('leads from every position to its quote, and from there to its turn', () => {
    const events = debateEvents({ rounds: 3 });
    const { document } = pageOf(events);
    const cells = events.flatMap((event) =>
      event.type === 'verdict-given' ? event.cells.map((cell) => ({ cell, round: event.round })) : [],
    );
    expect(cells.length).toBeGreaterThan(20);
    for (const { cell, round } of cells) {
      const target = document.getElementById(`e-${cell.speaker}--${cell.issue}--r${round}`);
      const entry = target?.closest('li');
      if (cell.stand === 'abstain') {
        expect(entry?.textContent).toContain('No position');
        continue;
      }
      expect(entry?.querySelector('blockquote p')?.textContent).toBe(cell.quote);
      const link = entry?.querySelector('blockquote a')?.getAttribute('href') ?? '';
      expect(link).toMatch(new RegExp(`^#t${cell.turn}(-q\\d+)?$`));
      expect(document.getElementById(link.slice(1))?.closest('article')?.id).toBe(`t${cell.turn}`);
    }
  });

  test('links citations to passages, and marks what is not as its source has it', () => {
    const { document } = pageOf(faultyDebate());
    const turn = document.getElementById('t2');
    expect(turn?.querySelector('.cite a[href="#p1"]')).not.toBeNull();
    expect(turn?.querySelector('.nowhere')?.textContent).toBe('P9');
    const misquoted = [...(turn?.querySelectorAll('.misquote') ?? [])].map((one) => one.textContent).join('');
    expect(misquoted).toBe('the reservoir stood at 43 percent on 1 January, the lowest level ever');
    expect(
      [...(turn?.querySelectorAll('.speech .unsupported') ?? [])].map((one) => one.textContent),
    ).toContain('77');
    const margin = turn?.querySelector('.margin')?.textContent ?? '';
    expect(margin).toContain('Misquote of [P1]');
    expect(margin).toContain('There is no [P9]');
    const changed = (tag: string) =>
      [...(turn?.querySelectorAll(`.margin ${tag}`) ?? [])].map((one) => one.textContent).join(' ');
    expect(changed('del')).toContain('43');
    expect(changed('ins')).toContain('34');
    expect(document.getElementById('p1')?.textContent).toContain('T2');
  });

  test('keeps private notes out unless they are asked for, and then closed', () => {
    const events = faultyDebate();
    const spoken = events.find((event) => event.type === 'turn-ended' && event.kind === 'speech');
    const notes = spoken?.type === 'turn-ended' ? spoken.notes : '';
    const words = notes.split('\n')[0]?.slice(0, 40) ?? '';
    expect(words).not.toBe('');
    expect(pageOf(events).text).not.toContain('Private notes');
    const { document } = pageOf(events, true);
    const all = [...document.querySelectorAll('details.private')];
    expect(all.length).toBe(8);
    expect(all.every((details) => !details.hasAttribute('open'))).toBe(true);
  });

  test('says of a round that could not be read that there is no number', () => {
    const { document } = pageOf(debateEvents({ rounds: 3, failedReadings: [2] }));
    expect(document.querySelector('.warnings')?.textContent).toContain(
      'Round 2 The positions could not be read',
    );
    expect(document.getElementById('round-2')?.parentElement?.textContent).toContain('not read');
  });

  test('reports a debate that was killed before its first round ended', () => {
    const events = debateEvents({ end: null }).slice(0, 3);
    const { document } = pageOf(events);
    expect(document.querySelector('.masthead')?.textContent).toContain('It has not ended');
    expect(document.getElementById('convergence')?.textContent).toContain('No positions were read');
    expect(brokenLinks(document)).toEqual([]);
  });

  test('allows nothing but its own style and script, by their hashes, and no request', () => {
    const { text, document } = pageOf(debateEvents());
    const policy =
      document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
    const hash = (tag: string) => {
      const inner = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)?.[1] ?? '';
      return `'sha256-${createHash('sha256').update(inner, 'utf8').digest('base64')}'`;
    };
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src ${hash('style')}`);
    expect(policy).toContain(`script-src ${hash('script')}`);
    expect(text).not.toMatch(/\ssrc=|url\(|@import|<link rel="(?!icon)|<iframe|<form/);
    expect(text).not.toMatch(/\sstyle="/);
  });
});

describe('hostile text on the page', () => {
  const { text, document } = pageOf(hostileDebate(), true);

  test('makes no element, attribute or link of its own', () => {
    expect(document.querySelectorAll('script').length).toBe(1);
    expect(document.querySelectorAll('style').length).toBe(1);
    expect(document.querySelectorAll('img, iframe, object, form, base').length).toBe(0);
    const attributes = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
    expect(attributes.filter(({ name }) => name.startsWith('on'))).toEqual([]);
    const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
    expect(links.filter((link) => !link.startsWith('#'))).toEqual([]);
    expect(document.querySelectorAll('main details[open]').length).toBe(0);
  });

  test('is shown as what it is', () => {
    expect(document.getElementById('t2')?.textContent).toContain('<script>alert(1)</script>');
  });

  test('keeps no control character and nothing that reorders or hides', () => {
    const bad = [...text].filter(
      (letter) => /[\p{Cc}\p{Bidi_Control}\u200b]/u.test(letter) && letter !== '\n',
    );
    expect(bad).toEqual([]);
    expect(text).not.toContain('[31m');
  });
});

describe('what a reader must see first', () => {
  const crossed = {
    speaker: 'farmers-union',
    issue: 'metering',
    ...{ position: 5, min: 0, max: 2, turn: 3, quote: 'We would take a meter on every pump' },
  };
  const move = {
    speaker: 'river-authority',
    issue: 'price',
    ...{ kind: 'concession' as const, isTowards: true, from: 4, fromTurn: 2, to: 2.5, turn: 7 },
    ...{ quote: 'A price above a quota would do', why: 'because the farmers cannot pay more' },
  };
  const events = debateEvents({ rounds: 2 }).map((event): DebateEvent => {
    if (event.type === 'verdict-given' && event.convergence) {
      const own = { kept: 0.5, crossed: [crossed] };
      const moves = event.round === 2 ? [move] : [];
      return { ...event, convergence: { ...event.convergence, ownLines: own, moves } };
    }
    if (event.type === 'statement-answered' && event.answer === 'refused') {
      return { ...event, change: 'a price for the first year alone' };
    }
    return event;
  });
  const page = pageOf(events).document;
  const text = (selector: string) => page.querySelector(selector)?.textContent ?? '';

  test('is the own red line that was crossed, in the head, with its words', () => {
    const head = text('.masthead .own-lines');
    expect(head).toContain(
      'crossed its own red line on Metering in turn 3: it stands at 5 and declares 0 to 2.',
    );
    expect(head).toContain('We would take a meter on every pump');
    expect(text('.warnings li')).toContain('crossed its own red line');
    const order = [...page.querySelectorAll('#acceptability caption')].map((caption) => caption.textContent);
    expect(order[0]).toContain('Own red lines crossed');
  });

  test('is what is agreed and what is open, before every other section', () => {
    expect(page.querySelector('main section')?.id).toBe('statement');
    const statuses = [...page.querySelectorAll('#statement .items .status')].map(
      (one) => one.textContent ?? '',
    );
    const rank = ['agreed', 'conditional', 'open'];
    expect(statuses.length).toBeGreaterThan(2);
    expect(statuses).toEqual([...statuses].sort((one, other) => rank.indexOf(one) - rank.indexOf(other)));
    expect(text('#statement .answers')).toContain('a price for the first year alone');
  });

  test('and red lines kept are the own ones alone; the other is the distance to acceptance', () => {
    const keys = [...page.querySelectorAll('.key dt')].map((key) => key.textContent);
    expect(keys).toContain('Own red lines');
    expect(keys).toContain('Acceptance');
    expect(text('.key')).toContain('50%');
  });

  test('every change of stand with its words and the reason given', () => {
    const rows = text('#movement table.left');
    expect(rows).toContain('4 → 2.5');
    expect(rows).toContain('A price above a quota would do');
    expect(rows).toContain('because the farmers cannot pay more');
  });

  test('a declared opening stands in brackets and begins no line', () => {
    expect(text('.matrix.rounds')).toMatch(/\(5\)/);
    expect(page.querySelector('.positions .faint')).not.toBeNull();
    const first = page.querySelector('.positions .line')?.getAttribute('points') ?? '';
    expect(first.split(' ')).toHaveLength(2);
  });
});

test('a debate of eight rounds is a page of less than 300 kB', () => {
  const html = debatePage(madeReport(debateEvents({ rounds: 8, words: 150, notes: true }), true));
  expect(Buffer.byteLength(html)).toBeLessThan(300_000);
});

test('speeches, quotes and passages take the direction of their own script', () => {
  const hebrew = 'אנחנו מסכימים לחצי מהזרימה';
  const { document: page } = pageOf(
    debateEvents().map((event) => (event.type === 'turn-ended' ? { ...event, text: hebrew } : event)),
  );
  for (const paragraph of page.querySelectorAll(
    '.speech p, .evidence blockquote p, .passages p:not(.back)',
  )) {
    expect(paragraph.getAttribute('dir')).toBe('auto');
  }
});
