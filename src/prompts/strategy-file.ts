import { z } from 'zod';
import { identifierSchema } from '../debate/agenda.ts';
import { checkId, checkYaml } from '../source/checked-yaml.ts';
import { readMarkdown } from '../source/markdown-file.ts';
import { type FaultLog, type FileReport, reportOn } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import { readTemplates, strategyPlaceholders } from './template.ts';
import type { TextFile } from './text-file.ts';
import type { Strategy } from './types.ts';

const frontMatterSchema = z.strictObject({
  id: identifierSchema,
  title: z.string().trim().min(1),
  summary: z.string().trim().min(1),
  source: z.string().trim().min(1),
  extends: identifierSchema.optional(),
  notes: z.boolean().optional(),
  minimumGrounding: z.number().min(0).max(1).nullable().optional(),
  /** Words that a speech is asked to keep to; a longer one is marked. */
  longestSpeech: z.int().positive().optional(),
  /** Asks once more for a speech that breaks its role. */
  strictRole: z.boolean().optional(),
});

const required = ['rules', 'opening', 'speak', 'last', 'mend'];

/** One strategy file, before what it extends is put below it. */
interface StrategyFile {
  front: z.infer<typeof frontMatterSchema>;
  sections: Record<string, string>;
  /** Line of the key `extends`. */
  extendsLine: number;
}

/** Reads a strategy file. Reports faults; null where the front matter has one. */
function parseStrategyFile(content: string, id: string, report: FileReport): StrategyFile | null {
  const file = readMarkdown(content, report);
  if (!file.hasFrontMatter) {
    report.fault(1, 'the strategy has no front matter; begin with --- and id, title, summary, source');
    return null;
  }
  const front = file.frontMatter && checkYaml(frontMatterSchema, file.frontMatter, report);
  const needed = front && front.extends === undefined ? required : [];
  const sections = readTemplates(file, strategyPlaceholders, report, { required: needed });
  if (!front || !file.frontMatter) return null;
  checkId(front.id, id, file.frontMatter, report);
  return { front, sections, extendsLine: file.frontMatter.lineOf(['extends']) };
}

/** The strategy files there are to read. */
export interface StrategySource {
  read(id: string): TextFile;
  label(id: string): string;
  ids: readonly string[];
}

export interface ParsedStrategy {
  /** null where anything is at fault. */
  strategy: Strategy | null;
  /** Contents by id: the strategy's own file and those it extends. */
  files: Map<string, string>;
}

/** Reads a strategy and what it extends, and puts its own sections over theirs. */
export function parseStrategy(id: string, source: StrategySource, log: FaultLog): ParsedStrategy {
  const files = new Map<string, string>();
  const faultsBefore = log.faults.length;
  const chain: StrategyFile[] = [];
  for (let wanted: string | undefined = id; wanted !== undefined; wanted = chain.at(-1)?.front.extends) {
    const last = chain.at(-1);
    const fault = (message: string) =>
      reportOn(log, source.label(last?.front.id ?? id)).fault(last?.extendsLine ?? 1, message);
    if (files.has(wanted)) {
      fault(`the strategies extend each other in a circle: ${[...files.keys(), wanted].join(', ')}`);
      break;
    }
    const content = source.read(wanted);
    if (!content.ok) {
      fault(
        content.reason === 'missing'
          ? `there is no strategy "${wanted}"${orKnown(wanted, source.ids)}`
          : content.message,
      );
      break;
    }
    files.set(wanted, content.text);
    const file = parseStrategyFile(content.text, wanted, reportOn(log, source.label(wanted)));
    if (!file) break;
    chain.push(file);
  }
  const isSound = log.faults.length === faultsBefore;
  return { strategy: isSound ? merged(chain) : null, files };
}

function merged(chain: readonly StrategyFile[]): Strategy | null {
  const own = chain[0];
  if (!own) return null;
  const { id, title, summary, source } = own.front;
  const notes = chain.find(({ front }) => front.notes !== undefined)?.front.notes ?? false;
  const minimum =
    chain.find(({ front }) => front.minimumGrounding !== undefined)?.front.minimumGrounding ?? null;
  const sections = Object.assign({}, ...chain.toReversed().map((file) => file.sections)) as Record<
    string,
    string
  >;
  const strictRole = chain.find(({ front }) => front.strictRole !== undefined)?.front.strictRole ?? false;
  const longestSpeech =
    chain.find(({ front }) => front.longestSpeech !== undefined)?.front.longestSpeech ?? null;
  const limits = { minimumGrounding: minimum, longestSpeech, strictRole };
  return { id, title, summary, source, notes, ...limits, sections };
}
