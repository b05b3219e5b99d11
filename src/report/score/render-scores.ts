import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeText } from '../../text/sanitize.ts';
import { scoreValue } from '../report-json.ts';
import { scoreMarkdown } from './score-markdown.ts';
import { scorePage } from './score-page.ts';
import type { ScoreReport } from './score-report.ts';
import { scoreText } from './score-text.ts';

export type ScoreFormat = 'table' | 'md' | 'html' | 'json';

/** All scores as one text: JSON one a line, text and Markdown one below the other. */
export function renderScores(reports: readonly ScoreReport[], format: ScoreFormat): string {
  switch (format) {
    case 'json':
      return reports.map((report) => `${escapedJson(scoreValue(report))}\n`).join('');
    case 'md':
      return reports.map(scoreMarkdown).join('\n---\n\n');
    case 'html':
      return reports.map(scorePage).join('');
    case 'table':
      return sanitizeText(reports.map(scoreText).join(`\n${'─'.repeat(100)}\n\n`));
  }
}
