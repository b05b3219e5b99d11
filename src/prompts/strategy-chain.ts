import { type FaultLog, reportOn } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import { parseStrategyFile, type StrategyFile } from './strategy-file.ts';
import type { TextFile } from './text-file.ts';
import type { Strategy } from './types.ts';

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
  return { id, title, summary, source, notes, minimumGrounding: minimum, sections };
}
