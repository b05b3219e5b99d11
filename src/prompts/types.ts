import type { Agenda } from '../debate/agenda.ts';
import type { ArticleFact } from '../debate/article-facts.ts';
import type { Article, CastMember, CaucusChoice, Control } from '../debate/setup.ts';

/** A persona as its file gives it; `member` is what the journal and the readers know of it. */
export interface Persona {
  member: CastMember;
  /** How readily it is moved by others, 0 (never) to 1; Friedkin and Johnsen's susceptibility. */
  openness: number;
  /** The Markdown below the front matter: role, interests, voice, arguments. */
  body: string;
}

export interface Scenario {
  id: string;
  title: string;
  summary: string;
  /** Names the event; scenarios with one group never part between data splits. null: the article stands for itself. */
  group: string | null;
  article: Article;
  /** May exports hold the article's full text? */
  shareText: boolean;
  articleUrl: string | null;
  agenda: Agenda;
  /** What the article says that the debate should not lose; absent where none are named. */
  facts?: ArticleFact[];
  /** Those that stand ready beside the scenario, followed where facts are asked for; absent where none do. */
  factsAtHand?: ArticleFact[];
  /** The language everyone speaks, as a BCP 47 tag such as fr; absent for the language of the article. */
  language?: string;
  /** Whether principals talk in private where nobody says otherwise. */
  caucus?: CaucusChoice;
  /** In cast order. */
  personas: Persona[];
}

/** A prompt strategy: how personas are told to argue. Each text is a template. */
export interface Strategy {
  id: string;
  title: string;
  /** What the idea is, and where it comes from. */
  summary: string;
  source: string;
  /** True where a turn is `<notes>…</notes>` and then the speech. */
  notes: boolean;
  /** A speech with a smaller grounding score (share of what can be checked that holds) is asked for again, once; null for none. */
  minimumGrounding: number | null;
  /** Words that a speech is asked to keep to; null for no limit. */
  longestSpeech: number | null;
  /** True where a speech that breaks its role is asked for once more. */
  strictRole: boolean;
  /** Texts by section name; see strategies/plain.md for the sections. */
  sections: Record<string, string>;
}

/** Where and how names are masked before a judge reads. */
export const maskings = ['record', 'record and agenda', 'record and agenda, any script'] as const;

/** The moderator's templates by file name without ending; `sections` is filled only for reading, `body` for the others. */
export type ModeratorPrompts = Record<
  string,
  {
    body: string;
    sections: Record<string, string>;
    /** Of the reading: where names are masked, and how; absent in files from before it was said. */
    masked?: (typeof maskings)[number] | undefined;
  }
>;

/** A control: what it is, and the texts that take the place of others, by section; none where prompts stay as they are. */
export interface ControlPrompts {
  id: Control;
  title: string;
  summary: string;
  sections: Record<string, string>;
}

/** The sections of facts.md. */
export type FactPrompts = Record<'extract' | 'trace' | 'dealt', string>;

/** Everything a debate is prompted with, and the very files it came from. */
export interface PromptSet {
  scenario: Scenario;
  strategy: Strategy;
  moderator: ModeratorPrompts;
  /** The control in force: strategy and personas are already as it makes them. Absent in a debate like others. */
  control?: ControlPrompts;
  /** How facts are asked for, and what a persona that holds only some passages is told; absent where neither is needed. */
  facts?: FactPrompts;
  /** How principals talk in private, by section; absent where they never do. */
  caucus?: Record<string, string>;
  /** The question off the record; absent where none is put. */
  poll?: string;
  /** Path below prompts/ (forward slashes) to content, of every file used. Loading a kept copy gives the same set. */
  files: Map<string, string>;
}
