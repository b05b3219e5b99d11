// Draws the screen of parley as an SVG, from a journal, through a virtual terminal:
// by default from the sample debate:
//   node scripts/screenshot.ts [JOURNAL] [OUT.svg] [--columns 120] [--rows 40] [--turns N] [--keys 'e']
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type DebateEvent, eventSchema } from '../src/debate/events.ts';
import { type ThemeName, themeNames } from '../src/terminal/theme/theme.ts';
import { createTui } from '../src/terminal/tui/create-tui.ts';
import { debateEvents, signalsBefore } from '../test/helpers/debate-events.ts';
import { VirtualTerminal } from '../test/helpers/virtual-terminal.ts';
import { terminalSvg } from './terminal-svg.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    columns: { type: 'string', default: '120' },
    rows: { type: 'string', default: '40' },
    /** Turns that have ended; the next one is under way. */
    turns: { type: 'string', default: '16' },
    keys: { type: 'string', default: '' },
    theme: { type: 'string', default: 'dark' },
  },
});
const [journal = globSync('transcripts/samples/*/journal.jsonl')[0], out = 'transcripts/samples/screen.svg'] =
  positionals;
const events = journal ? journalEvents(journal) : debateEvents({ rounds: 3 });
const terminal = new VirtualTerminal(Number(values.columns), Number(values.rows));
const nothing = () => {};
let now = Date.parse(events[0]?.at ?? '');
const theme = themeNames.find((name) => name === values.theme) ?? ('dark' satisfies ThemeName);
const tui = createTui({
  stdin: terminal.stdin as unknown as NodeJS.ReadStream,
  stdout: terminal.stdout,
  stderr: terminal.stdout,
  mode: 'full',
  controls: { pause: nothing, resume: nothing, step: nothing, ask: nothing, stop: nothing, isReplay: false },
  theme,
  color: '256',
  isAnimated: true,
  clock: { now: () => now },
  title: '',
  leave: nothing,
  failed: (error) => {
    throw error;
  },
});

const shown = upToTurn(events, Number(values.turns));
for (const event of shown) {
  now = Date.parse(event.at);
  tui.show({ kind: 'event', event });
}
const underWay = events[shown.length];
const signals = underWay?.type === 'turn-ended' ? signalsBefore(underWay) : [];
for (const signal of signals.slice(0, Math.ceil(signals.length * 0.6))) tui.show(signal);
await settle();
for (const key of values.keys) {
  terminal.stdin.write(key);
  await settle();
}
writeFileSync(out, await terminalSvg(terminal, 'parley, watching a debate'));
await tui.close();
process.stderr.write(`${out}\n`);

function journalEvents(path: string): DebateEvent[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => eventSchema.parse(JSON.parse(line)));
}

/** The events before the turn with the next number ends. */
function upToTurn(all: readonly DebateEvent[], turns: number): DebateEvent[] {
  const end = all.findIndex((event) => event.type === 'turn-ended' && event.turn > turns);
  return all.slice(0, end < 0 ? all.length : end);
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 700));
}
