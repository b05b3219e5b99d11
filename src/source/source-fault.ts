/** Something wrong in a prompt file, for a person to fix. */
export interface SourceFault {
  /** Path as the person gave it. */
  file: string;
  /** From 1. */
  line: number;
  /** What is wrong and, where one is near, what was probably meant. */
  message: string;
}

/** Gathers what is wrong over all files, so that a person can fix everything at once. */
export interface FaultLog {
  faults: SourceFault[];
  /** Worth knowing, but a debate can be held. */
  warnings: SourceFault[];
}

/** Reports on one file. */
export interface FileReport {
  fault(line: number, message: string): void;
  warn(line: number, message: string): void;
}

export function createFaultLog(): FaultLog {
  return { faults: [], warnings: [] };
}

export function reportOn(log: FaultLog, file: string): FileReport {
  return {
    fault: (line, message) => void log.faults.push({ file, line, message }),
    warn: (line, message) => void log.warnings.push({ file, line, message }),
  };
}

/** As compilers write it, so that editors find the place: `plain.md:3: unknown key "tilte"; did you mean "title"?` */
export function faultInWords({ file, line, message }: SourceFault): string {
  return `${file}:${line}: ${message}`;
}

/** The first fault, and how many there are besides. */
export function firstOf(faults: readonly SourceFault[]): string {
  const [first] = faults;
  if (first === undefined) return 'nothing is wrong';
  const others = faults.length - 1;
  const more = others === 0 ? '' : ` (and ${others} more ${others === 1 ? 'fault' : 'faults'})`;
  return `${faultInWords(first)}${more}`;
}

/** File by file as they were read, and by line within a file. */
export function inOrder(faults: readonly SourceFault[]): SourceFault[] {
  const files = [...new Set(faults.map(({ file }) => file))];
  return [...faults].sort(
    (one, other) => files.indexOf(one.file) - files.indexOf(other.file) || one.line - other.line,
  );
}
