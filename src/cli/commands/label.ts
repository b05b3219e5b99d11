import type { Debate } from '../../debate/debate.ts';
import type { Label, LabelCase, LabelFile, LabelSummary } from '../../score/labels.ts';
import { hanging } from '../../text/columns.ts';
import { counted, decimal, position as points, range } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { defineCommand, flag, option } from '../command.ts';
import { CommandError, misuse, need, printResult, say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { text } from '../option-values.ts';
import { sourceOptions } from '../shared-options.ts';

/** `parley label`: a person reads the quotes that a debate's figures rest on, without seeing what the judge made of them. */
export const command = defineCommand({
  description:
    "Label the quotes behind a debate's positions with one key each, without seeing the judge's reading. Labels are kept in labels.jsonl beside the run; they measure the judge's error and correct C.",
  argument: { help: 'names of runs, or their folders' },
  options: {
    list: flag('--list', 'print the quotes as JSON lines, most informative first, and exit'),
    from: option('--from <file>', 'read labels from a JSON Lines file: speaker, issue, turn, position', text),
    summary: flag('--summary', 'only show how well the judge agrees with the labels'),
    json: flag('--json', 'print the summary as one line of JSON'),
    ...sourceOptions,
  },
  async action({ args, options }, environment) {
    if (options.list && options.from !== null) {
      return misuse(environment, '--list prints quotes and --from reads labels; give one of them.');
    }
    const isAsking = !options.list && options.from === null && !options.summary;
    if (isAsking && environment.stdin.isTTY !== true) {
      return misuse(
        environment,
        'labelling needs a terminal. Without one use --list, --from FILE or --summary.',
      );
    }
    for (const given of args) if (await labelRun(given, { ...options, isAsking }, environment)) break;
    return exitCode.done;
  },
});

interface Asked {
  list: boolean;
  from: string | null;
  json: boolean;
  transcripts: string;
  isAsking: boolean;
}

/** True where the person leaves, so that no further run is asked about. */
async function labelRun(given: string, asked: Asked, environment: Environment): Promise<boolean> {
  const { fold } = await import('../../debate/debate.ts');
  const { folderOf } = await import('../../journal/run-folder.ts');
  const { labelCases, labelSummary, openLabels } = await import('../../score/labels.ts');
  const { withRun } = await import('../with-runs.ts');
  return withRun(given, asked.transcripts, async ({ store, name }) => {
    const { events } = need(await store.read(name));
    const place = folderOf(store.place, name);
    if (place === null)
      throw new CommandError(`${name} is in a database. Copy it to a folder first: parley pull.`);
    const debate = fold(events);
    if (!debate?.verdicts.length)
      throw new CommandError(`${name} has no reading yet: there is nothing to label.`);
    const labels = need(openLabels(place));
    try {
      const known = [...labels.entries];
      const cases = labelCases(debate, known);
      if (asked.list) {
        for (const one of cases) environment.stdout.write(`${escapedJson(listed(one))}\n`);
        return false;
      }
      if (asked.from !== null) known.push(...(await fromFile(asked.from, cases, labels)));
      const answered = asked.isAsking ? await askInTerminal(name, cases, labels, environment) : null;
      known.push(...(answered?.given ?? []));
      show(name, debate, labelSummary(debate, known), asked.json, environment);
      return answered?.isLeaving ?? false;
    } finally {
      labels.close();
    }
  });
}

/** A case as a program reads it; what the judge read is not in it. */
function listed({ speaker, issue, turn, quote, label: known }: LabelCase) {
  const { id, title, question, anchors } = issue;
  const given = known === null ? {} : { position: known.position };
  return { speaker, issue: id, title, question, anchors, turn, quote, ...given };
}

async function fromFile(path: string, cases: readonly LabelCase[], labels: LabelFile): Promise<Label[]> {
  const { readFile } = await import('node:fs/promises');
  const { readGivenLabels } = await import('../../score/labels.ts');
  const content = await readFile(path, 'utf8').catch(() => null);
  if (content === null) throw new CommandError(`${path} cannot be read.`);
  const read = readGivenLabels(content, cases, Date.now());
  if (!read.ok) throw new CommandError(`${path} ${read.failure.message} Nothing was taken.`);
  for (const one of read.value) await labels.append(one);
  return read.value;
}

/** Ctrl+C and Ctrl+D, which come as characters while keys are read one by one. */
const interrupts = ['\u0003', '\u0004'];
/** Longer lines are hard to read. */
const widestText = 100;
const keys = '0-6 stand · n no stand · s skip · b back · q quit';

/** Asks for one key a quote. What was given is on disk before the next quote is shown. */
async function askInTerminal(
  run: string,
  cases: readonly LabelCase[],
  labels: LabelFile,
  environment: Environment,
): Promise<{ isLeaving: boolean; given: Label[] }> {
  const { labelOf } = await import('../../score/labels.ts');
  const open = cases.filter((one) => one.label === null);
  const given: Label[] = [];
  const keyboard = keyReader(environment);
  try {
    for (let at = 0; at < open.length; ) {
      const one = open[at] as LabelCase;
      const shown = shownCase(run, one, `${at + 1} of ${open.length}`, environment.stderr.columns ?? 80);
      environment.stderr.write(`${shown.join('\n')}\n`);
      const key = await keyboard.next();
      if (['q', ...interrupts].includes(key)) return { isLeaving: true, given };
      if (key === 'b') at = Math.max(0, at - 1);
      else if (key === 's') at += 1;
      else if (key === 'n' || /^[0-6]$/.test(key)) {
        const read = labelOf(one, key === 'n' ? null : Number(key), Date.now());
        await labels.append(read);
        given.push(read);
        at += 1;
      }
    }
  } finally {
    keyboard.close();
  }
  return { isLeaving: false, given };
}

function shownCase(
  run: string,
  { name, issue, turn, quote, speech }: LabelCase,
  place: string,
  columns: number,
): string[] {
  const { anchors } = issue;
  const marked = sanitizeLine(speech).replace(sanitizeLine(quote), (words) => `>>> ${words} <<<`);
  const width = Math.min(columns, widestText);
  return [
    '',
    ...hanging('', `${sanitizeLine(run)} · ${place} · T${turn} ${sanitizeLine(name)}`, width),
    '',
    ...hanging('  ', marked, width),
    '',
    ...hanging('', `${sanitizeLine(issue.title)}: ${sanitizeLine(issue.question)}`, width),
    ...([0, 3, 6] as const).flatMap((anchor) =>
      hanging(`  ${anchor}  `, sanitizeLine(anchors[anchor]), width),
    ),
    '',
    ...hanging('', `Where does the marked passage stand? ${keys}`, width),
  ];
}

/** Keys as they are pressed, without waiting for a line end. Keys that come together are given one by one. */
function keyReader({ stdin }: Environment): { next(): Promise<string>; close(): void } {
  const pressed: string[] = [];
  let wanted: (() => void) | null = null;
  const onData = (data: Buffer) => {
    pressed.push(...data.toString());
    wanted?.();
  };
  stdin.setRawMode(true);
  stdin.on('data', onData);
  return {
    async next() {
      while (pressed.length === 0) await new Promise<void>((resolve) => (wanted = resolve));
      return pressed.shift() as string;
    },
    close() {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

function show(
  run: string,
  debate: Debate,
  summary: LabelSummary,
  json: boolean,
  environment: Environment,
): void {
  const { labels, noStand, rootMeanSquare, bias, index } = summary;
  const read = debate.verdicts.at(-1)?.convergence?.principals ?? null;
  printResult(environment, { json }, { run, ...summary }, () => [
    `${run}: ${counted(labels, 'quote')} labelled${noStand > 0 ? `, ${noStand} of them without a stand` : ''}.`,
    ...(rootMeanSquare === null || bias === null
      ? []
      : [
          `The judge is off by ${points(rootMeanSquare)} points (root mean square), ${points(bias)} on average.`,
        ]),
    index === null
      ? 'C is corrected once an issue is labelled for every principal.'
      : `C by the judge ${decimal(read)}; with the labels ${decimal(index.value)}${index.interval ? ` (${range(index.interval)})` : ''}, from ${index.labelled} of ${counted(index.issues, 'issue')}.`,
  ]);
  if (labels === 0 && !json) say(environment, 'Label with: parley label RUN, in a terminal.');
}
