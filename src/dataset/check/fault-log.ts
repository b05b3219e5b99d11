/** Something that would make a trainer fail, or train on less or other than was meant. */
export interface DataFault {
  /** Below the folder that is checked. */
  file: string;
  /** From 1; null for what concerns a whole file or folder. */
  row: number | null;
  reason: FaultReason;
  /** What is wrong, in words. */
  message: string;
}

export type FaultReason =
  | 'not-utf-8'
  | 'byte-order-mark'
  | 'line-separator'
  | 'nul-bytes'
  | 'blank-line'
  | 'bad-json'
  | 'bad-parquet'
  | 'not-a-row'
  | 'lone-surrogate'
  | 'too-large'
  | 'other-keys'
  | 'reserved-name'
  | 'mixed-types'
  | 'bad-shape'
  | 'empty-text'
  | 'roles'
  | 'last-turn'
  | 'weight'
  | 'label'
  | 'one-label'
  | 'same-answers'
  | 'repeated-row'
  | 'too-long'
  | 'unknown-table'
  | 'other-prefix'
  | 'leak'
  | 'row-count'
  | 'checksum'
  | 'no-rows';

/** Faults past this many of one kind in one file are counted and not named. */
const mostNamed = 5;

/** Gathers faults without ever holding more than a few of a kind. */
export interface FaultLog {
  add(fault: DataFault): void;
  named(): DataFault[];
  total(): number;
  /** How many more there are than are named, by file and reason. */
  unnamed(): { file: string; reason: FaultReason; count: number }[];
}

export function createFaultLog(): FaultLog {
  const named: DataFault[] = [];
  const counts = new Map<string, { file: string; reason: FaultReason; count: number }>();
  return {
    add(fault) {
      const { file, reason } = fault;
      const key = `${file}\n${reason}`;
      const counted = counts.get(key) ?? { file, reason, count: 0 };
      counted.count += 1;
      counts.set(key, counted);
      if (counted.count <= mostNamed) named.push(fault);
    },
    named: () => named,
    total: () => [...counts.values()].reduce((sum, { count }) => sum + count, 0),
    unnamed: () =>
      [...counts.values()]
        .filter(({ count }) => count > mostNamed)
        .map(({ count, ...rest }) => ({ ...rest, count: count - mostNamed })),
  };
}
