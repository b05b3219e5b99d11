import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { debateEvents } from '../helpers/debate-events.ts';
import { brokenLinks, faultyDebate, hostileDebate, pageOf } from './made-up-report.ts';

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
