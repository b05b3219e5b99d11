import { describe, expect, test } from 'vitest';
import { turnsText } from '../../src/report/markdown/transcript-markdown.ts';
import { debateEvents } from '../helpers/debate-events.ts';
import { faultyDebate, hostileDebate, madeReport, markdownOf } from './made-up-report.ts';

describe('the Markdown of a debate', () => {
  test('begins with title, label and the figure that matters most', () => {
    const [title, , label, , lead] = markdownOf(debateEvents()).split('\n');
    expect(title).toBe('# Who gets the water of a dry summer?');
    expect(label).toContain('SIMULATED');
    expect(label).toContain('An AI simulation.');
    expect(lead).toContain('4 personas argued over “The reservoir is at a third of its usual level”.');
  });

  test('has a target for every link', () => {
    const text = markdownOf(faultyDebate());
    const ids = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map((match) => match[1]));
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter((link) => !ids.has(link))).toEqual([]);
  });

  test('links citations, and names what is not as its source has it', () => {
    const text = markdownOf(faultyDebate());
    const turn = text.split('<a id="t2">')[1]?.split('### ')[0] ?? '';
    expect(turn).toContain('\\[[P1](#p1)\\]');
    expect(turn).toContain('P9 (no such source)');
    expect(turn).toContain('is not word for word what \\[P1\\] says.');
  });

  test('says nothing of a source where sources were not checked, as of a transcript that is scored', () => {
    const { subject } = madeReport(faultyDebate());
    const turn = turnsText(subject, new Map(), []).split('<a id="t2">')[1]?.split('### ')[0] ?? '';
    expect(turn).toContain('\\[P3, P9\\]');
    expect(turn).not.toContain('no such source');
  });

  test('puts a role that a judge saw left among what is to be read with care', () => {
    const events = debateEvents({ rounds: 1 }).map((event) =>
      event.type === 'verdict-given' && event.convergence
        ? {
            ...event,
            convergence: {
              ...event.convergence,
              roleBreaks: [
                {
                  speaker: 'river-authority',
                  turn: 3,
                  kind: 'assistant' as const,
                  quote: 'As an AI model, I am dry.',
                },
              ],
            },
          }
        : event,
    );
    const care = markdownOf(events).split('**Read with care**')[1]?.split('## ')[0] ?? '';
    expect(care).toMatch(
      /- Round 1: River authority left its role in turn 3, in an assistant’s voice: “As an AI model, I am dry\.”/,
    );
  });

  test('says of nobody that it went back on what it never said, as old readings of declared openings did', () => {
    const events = debateEvents({ rounds: 2 }).map((event) =>
      event.type === 'verdict-given' && event.convergence
        ? {
            ...event,
            convergence: {
              ...event.convergence,
              retractions: [
                { speaker: 'river-authority', issue: 'release', from: 1, to: 0, turn: event.round },
              ],
            },
          }
        : event,
    );
    const care = markdownOf(events).split('**Read with care**')[1]?.split('## ')[0] ?? '';
    expect(care).not.toMatch(/Round 1: .*went back/);
    expect(care).toMatch(/Round 2: River authority went back on .+ \(1 to 0\) in turn 2\./);
  });

  test('shows every position with its quote and turn', () => {
    const text = markdownOf(debateEvents({ rounds: 2 }));
    expect(text).toMatch(
      /- <a id="e-river-authority--release--r1"><\/a>R1, River authority: \*\*[\d.]+\*\*, \w+.*: “.+” \(\[T\d+\]\(#t\d+\)\)/,
    );
  });

  test('hostile text makes no element, link, picture, heading, rule or table of its own', () => {
    const text = markdownOf(hostileDebate(), true);
    const withoutOurs = text
      .replace(/<a id="[\w-]+"><\/a>/g, '')
      .replace(/<\/?details>|<summary>Private notes before turn \d+<\/summary>/g, '');
    expect(withoutOurs).not.toMatch(/(?<!\\)<[a-z/!]/i);
    expect(text).not.toMatch(/(?<!\\)\]\((?!#)/);
    expect(text).not.toMatch(/https?:\/\//);
    expect(text).not.toMatch(/^# heading/m);
    expect(text).not.toMatch(/\n---\n/);
    expect([...text].filter((letter) => /[\p{Cc}\p{Bidi_Control}]/u.test(letter) && letter !== '\n')).toEqual(
      [],
    );
  });

  test('holds private notes only where they were asked for', () => {
    expect(markdownOf(faultyDebate())).not.toContain('Private notes');
    expect(markdownOf(faultyDebate(), true)).toContain(
      '<details><summary>Private notes before turn 2</summary>',
    );
  });
});
