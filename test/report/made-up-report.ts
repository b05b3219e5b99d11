import type { DebateEvent } from '../../src/debate/events.ts';
import { debatePage } from '../../src/report/html/debate-page.ts';
import { debateMarkdown } from '../../src/report/markdown/debate-markdown.ts';
import { type DebateReport, reportOf } from '../../src/report/model/debate-report.ts';
import { debateEvents } from '../helpers/debate-events.ts';
import { type PageDocument, parsed } from './dom.ts';

/** A debate of two rounds whose first speech misquotes its source, invents a figure and cites what is not there. */
const faultySpeech =
  'The report says "the reservoir stood at 43 percent on 1 January, the lowest level ever" [P1]. Some 77 farms agree [P3, P9]. We propose half the usual flow.';

export function faultyDebate(): DebateEvent[] {
  return debateEvents({ notes: true }).map((event) =>
    event.type === 'turn-ended' && event.turn === 2 ? { ...event, text: faultySpeech } : event,
  );
}

const hostileWords = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(2)>',
  '</style></script><svg/onload=alert(3)>',
  '[click](javascript:alert(4)) ![x](https://evil.example/x.png) https://evil.example',
  '\u202edesrever\u202c \u0007\u001b[31mred\u001b[0m \u200bhidden',
  '# heading\n\n---\n\n| a | b |\n\n<details open><summary>x</summary>',
].join('\n\n');

/** The same debate with every text that others wrote replaced by an attack. */
export function hostileDebate(): DebateEvent[] {
  return debateEvents({ notes: true, questions: { 2: hostileWords } }).map((event): DebateEvent => {
    switch (event.type) {
      case 'debate-started': {
        const { scenario, article, agenda, cast } = event;
        return {
          ...event,
          scenario: { ...scenario, title: hostileWords },
          article: {
            ...article,
            ...{ title: hostileWords, source: hostileWords, date: hostileWords, licence: hostileWords },
            passages: article.passages.map((passage) => ({ ...passage, text: hostileWords })),
          },
          agenda: agenda.map((issue) => ({
            ...issue,
            ...{ title: hostileWords, question: hostileWords },
            anchors: { 0: hostileWords, 3: hostileWords, 6: hostileWords },
          })),
          cast: cast.map((member) => ({
            ...member,
            name: `${member.id} ${hostileWords}`,
            redLines: member.redLines.map((line) => ({ ...line, text: hostileWords })),
          })),
          disclaimer: hostileWords,
        };
      }
      case 'turn-ended':
        return { ...event, text: `${hostileWords} ${event.text}`, notes: hostileWords };
      case 'verdict-given':
        return { ...event, advice: { ...event.advice, why: hostileWords }, failure: hostileWords };
      case 'statement-drafted':
        return {
          ...event,
          text: hostileWords,
          items: event.items.map((item) => ({ ...item, text: hostileWords })),
        };
      case 'statement-answered':
        return { ...event, reason: hostileWords };
      case 'debate-ended':
        return { ...event, detail: hostileWords };
      default:
        return event;
    }
  });
}

export function madeReport(events: readonly DebateEvent[], notes = false): DebateReport {
  const report = reportOf(events, { notes });
  if (!report) throw new Error('the made-up debate holds no event');
  return report;
}

export function pageOf(
  events: readonly DebateEvent[],
  notes = false,
): { text: string; document: PageDocument } {
  const text = debatePage(madeReport(events, notes));
  return { text, document: parsed(text) };
}

export function markdownOf(events: readonly DebateEvent[], notes = false): string {
  return debateMarkdown(madeReport(events, notes));
}

/** In-page links whose target is missing. */
export function brokenLinks(document: PageDocument): string[] {
  const ids = new Set([...document.querySelectorAll('[id]')].map((element) => element.id));
  return [...document.querySelectorAll('a[href^="#"]')]
    .map((link) => link.getAttribute('href')?.slice(1) ?? '')
    .filter((id) => !ids.has(id));
}
