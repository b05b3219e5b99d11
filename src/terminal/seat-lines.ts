import { createInterface, type Interface } from 'node:readline';
import { z } from 'zod';
import type { Debate } from '../debate/debate.ts';
import { apply, nameOf } from '../debate/debate.ts';
import type { Notice, RunSignal } from '../debate/notices.ts';
import { position } from '../text/figures.ts';
import { parsedJson } from '../text/json-in-text.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import { sanitizeSignal } from './live-text.ts';
import { issueTitle, passagesFor } from './persona.ts';
import type { OutputStream, SeatControls } from './types.ts';

/** Where words for seats come in as lines: typed at a terminal, or from a pipe, as text or as JSON. */
export interface SeatLinesOptions {
  input: NodeJS.ReadStream;
  /** Where the person is told what to do; the words themselves are echoed by the terminal. */
  out: OutputStream;
  form: 'text' | 'json';
  controls: SeatControls;
  /** Ctrl+C while words are typed. */
  interrupted(): void;
  /** The input has ended, and words are awaited that will never come. */
  ended(persona: string): void;
}

export interface SeatLines {
  show(signal: RunSignal): void;
  close(): void;
}

type SeatTurn = Extract<Notice, { type: 'seat-turn' }>;

const spokenSchema = z.strictObject({
  /** The persona; the one awaited where it is left out. */
  seat: z.string().optional(),
  text: z.string().optional(),
  do: z.enum(['draft', 'give-back']).optional(),
});

/**
 * Takes speeches line by line: a line with only a dot ends one, and so does the end of the input. At a terminal a few more words
 * with a dot before them are commands. Lines that come before they are awaited wait.
 */
export function createSeatLines(options: SeatLinesOptions): SeatLines {
  const { input, out, form, controls } = options;
  const isTyped = input.isTTY === true;
  const waiting: string[] = [];
  let debate: Debate | null = null;
  let turn: SeatTurn | null = null;
  let lines: string[] = [];
  let reader: Interface | null = null;
  let hasEnded = false;
  let isClosed = false;
  const tell = (...texts: string[]) => {
    for (const text of texts) out.write(`${text.split('\n').map(sanitizeLine).join('\n')}\n`);
  };

  const open = () => {
    if (reader || hasEnded || isClosed) return;
    reader = createInterface({ input, terminal: isTyped, ...(isTyped ? { output: out } : {}) });
    reader.on('line', take);
    reader.on('SIGINT', options.interrupted);
    reader.on('close', () => {
      reader = null;
      if (isClosed) return;
      // A terminal's end of input ends a speech; that of a pipe ends all of them.
      if (isTyped) return turn ? finish() : undefined;
      hasEnded = true;
      drain();
    });
  };
  const rest = () => {
    if (!isTyped) return;
    const open = reader;
    reader = null;
    open?.removeAllListeners('close');
    open?.close();
  };
  const take = (line: string) => {
    waiting.push(line);
    drain();
  };
  const drain = () => {
    while (turn && waiting.length > 0) {
      const line = waiting.shift() ?? '';
      if (form === 'json') takeJson(line, turn);
      else takeText(line, turn);
    }
    if (!turn || !hasEnded || waiting.length > 0) return;
    if (form === 'text' && lines.some((line) => line.trim() !== '')) finish();
    // Speeches that were piped in need not have an answer to the statement after them.
    else if (turn.statement !== null) controls.giveBack(turn.persona);
    else options.ended(turn.persona);
  };
  const finish = () => {
    const now = turn;
    if (!now) return;
    const text = lines.join('\n').trim();
    if (text === '') {
      tell('There are no words yet. Write them, then a line with only a dot.');
      return open();
    }
    turn = null;
    rest();
    controls.say(now.persona, text);
  };
  const takeText = (line: string, now: SeatTurn) => {
    if (line.trim() === '.') return finish();
    const command = isTyped ? commands[line.trim()] : undefined;
    if (command) return command(now);
    lines.push(line);
    controls.keep(now.persona, lines.join('\n'));
  };
  const takeJson = (line: string, now: SeatTurn) => {
    if (line.trim() === '') return;
    const given = spokenSchema.safeParse(parsedJson(line));
    const persona = given.data?.seat ?? now.persona;
    if (!given.success || persona !== now.persona || (given.data.text ?? '').trim() === '') {
      const isDeed = given.success && persona === now.persona && given.data.do !== undefined;
      if (isDeed) return given.data.do === 'draft' ? controls.draft(persona) : controls.giveBack(persona);
      return tell(
        `Not taken: ${line.slice(0, 80)}. Write {"seat": "${now.persona}", "text": "..."}, or "do": "draft" or "give-back".`,
      );
    }
    turn = null;
    controls.say(persona, given.data.text ?? '');
  };

  const commands: Record<string, (now: SeatTurn) => void> = {
    '.draft': (now) => controls.draft(now.persona),
    '.back': (now) => controls.giveBack(now.persona),
    '.again': (now) => {
      lines = [];
      controls.keep(now.persona, '');
      tell('Begin anew.');
    },
    '.show': () => tell('So far:', ...(lines.length > 0 ? lines : ['nothing'])),
    '.brief': (now) => tell(...briefOf(now)),
    '.passages': ({ persona }) =>
      tell(...(debate ? passagesFor(debate, persona) : []).map(({ number, text }) => `[P${number}] ${text}`)),
    '.help': () => tell(help),
  };
  const briefOf = ({ persona, brief }: SeatTurn): string[] => {
    const member = debate?.started.cast.find(({ id }) => id === persona);
    const redLines = (member?.redLines ?? []).map(
      ({ issue, min, max, text }) =>
        `Red line on ${debate ? issueTitle(debate, issue) : issue}, ${position(min)} to ${position(max)} of 6: ${text}`,
    );
    return [...redLines, brief];
  };

  const ask = (notice: SeatTurn) => {
    turn = notice;
    lines = notice.text === '' ? [] : notice.text.split('\n');
    if (form === 'text') {
      const name = debate ? nameOf(debate, notice.persona) : notice.persona;
      const where = notice.to === null ? `turn ${notice.turn}` : `in private to ${notice.to}`;
      const most = notice.longest === null ? '' : `, ${notice.longest} words at most`;
      if (notice.problems.length > 0) {
        tell('Before it is said:', ...notice.problems.map((problem) => `  ${problem}`));
        if (isTyped) tell('A line with only a dot says it as it is. .again begins anew.');
      } else if (isTyped) {
        tell(
          notice.statement === null
            ? `You speak for ${name}, round ${notice.round}, ${where}${most}.`
            : `You answer the closing statement for ${name}. ${answerHint}`,
          help,
        );
        if (lines.length > 0) tell('Kept from before, and added to (.again drops it):', ...lines);
      }
    }
    open();
    drain();
    // Words from a pipe cannot be changed: those that were found wanting are said as they are.
    if (turn === notice && notice.problems.length > 0 && !isTyped && form === 'text') finish();
  };

  return {
    show(signal) {
      const safe = sanitizeSignal(signal);
      if (safe.kind === 'event') {
        debate = apply(safe.event.number === 0 ? null : debate, safe.event);
        if (safe.event.type === 'debate-ended') {
          turn = null;
          rest();
        }
        return;
      }
      const { notice } = safe;
      if (notice.type === 'seat-turn') return ask(notice);
      if (notice.type === 'seat-given-back' && turn?.persona === notice.persona) {
        turn = null;
        rest();
      }
      if (notice.type === 'seat-draft' && turn?.persona === notice.persona && notice.state === 'written') {
        lines = notice.text.split('\n');
        controls.keep(notice.persona, notice.text);
        if (form === 'text')
          tell(notice.text, 'A line with only a dot says it; what you write is added; .again drops it.');
      }
    },
    close() {
      isClosed = true;
      reader?.close();
      if (!isTyped) input.pause();
    },
  };
}

const answerHint =
  'Begin with "sign" or "refuse", then say why; a line "would sign: ..." names the words that would let it sign.';

const help =
  'End with a line that holds only a dot. .draft has the model draft it, .brief shows your brief, .passages the passages, .show what you wrote, .again begins anew, .back gives the seat back.';
