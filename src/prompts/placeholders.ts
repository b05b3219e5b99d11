const scenario = [
  'scenario-title',
  'article-title',
  'issues',
  'issue-ids',
  'cast-names',
  'principal-names',
] as const;
const counts = ['round', 'rounds', 'rounds-left'] as const;
const speaker = ['name', 'other-names', 'turns-left'] as const;
const heard = ['previous-speakers', 'last-speaker'] as const;

export type Placeholder =
  | (typeof scenario)[number]
  | (typeof counts)[number]
  | (typeof speaker)[number]
  | (typeof heard)[number]
  | 'minimum-grounding'
  | 'problems'
  | 'candidates'
  | 'statement'
  | 'parties'
  | 'fault';

/**
 * What each section of a strategy may hold. The rules are the same bytes for every speaker and every turn, so
 * nothing that changes during a debate may stand in them.
 */
export const strategyPlaceholders: Record<string, readonly Placeholder[]> = {
  rules: scenario,
  opening: [...scenario, ...counts, ...speaker, 'minimum-grounding'],
  speak: [...scenario, ...counts, ...speaker, ...heard, 'minimum-grounding'],
  last: [...scenario, ...counts, ...speaker, ...heard, 'minimum-grounding'],
  mend: ['problems', 'minimum-grounding'],
  repeating: [...scenario, ...counts, ...speaker, ...heard],
  question: [...scenario, ...counts, ...speaker],
};

/** What the question off the record may hold. */
export const pollPlaceholders: readonly Placeholder[] = [...scenario, ...counts, 'name', 'other-names'];

/** What each file of the moderator may hold, by file and, where it has sections, by section. */
export const moderatorPlaceholders: Record<string, readonly Placeholder[]> = {
  role: scenario,
  opening: [...scenario, 'rounds'],
  steering: [...scenario, ...counts],
  picking: [...scenario, ...counts, 'candidates'],
  bidding: [...scenario, ...counts, ...speaker],
  draft: [...scenario, ...counts],
  answer: [...scenario, 'name', 'other-names', 'statement'],
  repair: ['fault'],
  'reading/rules': ['issues', 'issue-ids', 'parties'],
  'reading/task': ['issues', 'issue-ids', 'parties'],
};
