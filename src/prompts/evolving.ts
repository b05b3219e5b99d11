import { stringify } from 'yaml';
import type { ChatMessage } from '../debate/calls.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { createFaultLog, faultInWords, type SourceFault } from '../source/source-fault.ts';
import { taskBlock, turnBlock } from './blocks.ts';
import { block, fenced, fencedLine } from './fence.ts';
import { parseStrategy, type StrategySource } from './strategy-file.ts';
import {
  evolvingPlaceholders,
  fillTemplate,
  loadSections,
  type Sections,
  strategyPlaceholders,
} from './template.ts';
import type { Strategy } from './types.ts';

export type EvolvingPrompts = Sections<'rules' | 'task' | 'tried' | 'repair'>;

/** Reads evolving.md of a prompt folder; fails with the first of its faults. */
export function loadEvolvingPrompts(promptRoot: string): Outcome<EvolvingPrompts, 'bad-prompts'> {
  return loadSections(promptRoot, 'evolving.md', evolvingPlaceholders);
}

/** A strategy as one file that extends no other, under an id of its own. */
export function strategyFileOf(strategy: Strategy, id = strategy.id): string {
  const { title, summary, source, notes, minimumGrounding, longestSpeech, strictRole, sections } = strategy;
  const front = {
    ...{ id, title, summary, source },
    ...(notes ? { notes } : {}),
    ...(minimumGrounding === null ? {} : { minimumGrounding }),
    ...(longestSpeech === null ? {} : { longestSpeech }),
    ...(strictRole ? { strictRole } : {}),
  };
  const parts = Object.keys(strategyPlaceholders).flatMap((name) =>
    sections[name] === undefined ? [] : [`## ${name}\n\n${sections[name]}\n`],
  );
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${parts.join('\n')}`;
}

/** One speech of a debate that went badly, and what code found wrong with it. */
export interface ShownSpeech {
  turn: number;
  round: number;
  speaker: string;
  name: string;
  text: string;
  problems: readonly string[];
}

/** A debate as the one who rewrites sees it. */
export interface ShownDebate {
  article: string;
  /** How it did on what counts, in words. */
  outcome: string;
  speeches: readonly ShownSpeech[];
  /** What was read after a round: the index, and where everybody stands, in words. */
  readings: readonly { round: number; text: string }[];
}

export interface RewritingAsked {
  /** Id of the strategy to be written. */
  id: string;
  /** The file as it is. */
  file: string;
  /** What debates are to do better on, and what they may not do worse on, in words. */
  aim: string;
  kept: string;
  debates: readonly ShownDebate[];
  /** What was tried before and was not shown to be better, in words of those who wrote it. */
  tried: readonly string[];
}

/** Asks for a strategy to be rewritten from debates that went badly. */
export function renderRewriting(prompts: EvolvingPrompts, asked: RewritingAsked): ChatMessage[] {
  const { id, file, aim, kept, debates, tried } = asked;
  const allowed = Object.entries(strategyPlaceholders)
    .map(([name, known]) => `  - ${name}: ${known.map((one) => `{{${one}}}`).join(' ')}`)
    .join('\n');
  const rules = fillTemplate(prompts.rules, { aim, kept, allowed });
  const before = tried.length === 0 ? '' : [prompts.tried, ...tried.map(asBullet)].join('\n');
  const task = fillTemplate(prompts.task, { id, tried: before }).replace(/[ \t]+$/gm, '');
  // Under its own id: the one that the task names is the child's.
  const own = /^id:\s*(\S+)/m.exec(file)?.[1] ?? '';
  const shown = [block('strategy', { id: own }, unclosed(file)), ...debates.map(debateBlock)];
  return [
    { role: 'system', content: block('rules', {}, rules) },
    { role: 'user', content: [...shown, taskBlock('rewrite', { id }, task)].join('\n') },
  ];
}

function asBullet(text: string): string {
  return `- ${fencedLine(text)}`;
}

/** A strategy may speak of notes and other blocks; it may not end its own. */
function unclosed(file: string): string {
  return file.replace(/<(?=\s*\/?\s*strategy\b)/gi, '‹');
}

function debateBlock({ article, outcome, speeches, readings }: ShownDebate): string {
  const rounds = [...new Set(speeches.map(({ round }) => round))];
  const parts = rounds.flatMap((round) => [
    ...speeches.filter((speech) => speech.round === round).map(speechLines),
    ...readings
      .filter((reading) => reading.round === round)
      .map(({ text }) => `Read after round ${round}: ${fencedLine(text)}`),
  ]);
  return block('debate', { article, outcome }, parts.map(withoutDebateTags).join('\n'));
}

function speechLines({ turn, speaker, name, text, problems }: ShownSpeech): string {
  const found = problems.map((problem) => `Found by code: ${fencedLine(problem)}`);
  return [turnBlock({ number: turn, speaker, name, text }), ...found].join('\n');
}

/** Speeches can neither open nor close a block that only this prompt knows. */
function withoutDebateTags(text: string): string {
  return text.replace(/<(?=[\s\p{Cf}]*\/?[\s\p{Cf}]*(?:debate|strategy)(?![\p{L}\p{N}]))/giu, '‹');
}

/** A strategy that a model wrote and that loads, with what the model says it changed. */
export interface RewrittenStrategy {
  file: string;
  reason: string;
}

/** Reads a reply, and checks its file as any strategy file is checked. The failure's message holds every fault, a line each. */
export function readRewriting(
  reply: string,
  { id, parent, shipped }: { id: string; parent: string; shipped: StrategySource },
): Outcome<RewrittenStrategy, 'faults'> {
  const inside = [...reply.matchAll(/<strategy\b[^>]*>\s*\n([\s\S]*?)\n\s*<\/strategy>/gi)].at(-1);
  if (!inside) return failure('faults', 'The reply holds no file between <strategy> and </strategy>.');
  const file = `${withId(unfenced(inside[1] ?? ''), id).trim()}\n`;
  if (bodyOf(file) === bodyOf(parent)) return failure('faults', 'The file is the same as before.');
  const log = createFaultLog();
  parseStrategy(
    id,
    {
      ...shipped,
      read: (wanted) => (wanted === id ? { ok: true, text: file } : shipped.read(wanted)),
      label: (one) => `${one}.md`,
    },
    log,
  );
  if (log.faults.length > 0) return failure('faults', linesOf(log.faults).join('\n'));
  const reason = reply.slice(0, inside.index).trim().replace(/\s+/g, ' ');
  return success({
    file,
    reason: reason === '' ? 'It does not say what it changed.' : fenced(reason).slice(0, mostReason),
  });
}

/** Characters of the words on a change that are kept. */
const mostReason = 600;

function linesOf(faults: readonly SourceFault[]): string[] {
  return faults.map(faultInWords);
}

/** Models like to put a file into a code fence. */
function unfenced(text: string): string {
  return /^\s*```[^\n]*\n([\s\S]*?)\n\s*```\s*$/.exec(text)?.[1] ?? text;
}

/** The file's name decides its id. */
function withId(file: string, id: string): string {
  return file.trimStart().replace(/^(---\n(?:(?!---\n)[^\n]*\n)*?)id:[^\n]*\n/, `$1id: ${id}\n`);
}

/** What debates see of a file: not its id, its title or where it comes from. */
function bodyOf(file: string): string {
  return file.replace(/^(?:id|title|summary|source):.*\n/gm, '').trim();
}
