import type { Debate } from '../../debate/debate.ts';
import { sanitizeText } from '../../text/sanitize.ts';
import type { QuoteToLabel } from '../types.ts';
import { actions, type Reach } from './actions.ts';
import { editedBy, inserted, textOf } from './editor.ts';
import type { KeyPress } from './key-name.ts';
import { bindingOf, type KeyPlace, keysFor, whyNot } from './keys.ts';
import { overAfter } from './over.ts';
import { leftToLabel, quoteOf, shownStand } from './overlay/label-overlay.ts';
import { toMatch, toTurn } from './scrolling.ts';
import { leaveWriting, writingKey, writingPaste } from './seat-keys.ts';
import { keyPlaceOf, type Overlay, type View } from './view.ts';

/** The longest question that an event can hold. */
const longestQuestion = 4000;
const longestLine = 200;

/** Gives a key to the overlay that is open; false where there is none, or the key is not for it. */
function overlayTakesKey(reach: Reach, key: string, input: string): boolean {
  const { overlay } = reach.store.snapshot().view;
  // Leaving, suspending and redrawing work from everywhere.
  if (key === 'ctrl+c' || key === 'ctrl+z' || key === 'ctrl+l' || overlay.type === 'none') return false;
  if (key === 'escape') {
    if (overlay.type === 'seat') leaveWriting(reach);
    close(reach);
    return true;
  }
  switch (overlay.type) {
    case 'help':
    case 'passages':
      if (key === 'q' || key === '?' || key === 'p') close(reach);
      else scrollOverlay(reach, overlay, key);
      return true;
    case 'palette': {
      const { over, press } = overAfter(overlay, { name: key, input }, keysFor(placeOf(reach)));
      setOverlay(reach, over ?? { type: 'none' });
      if (press !== undefined) handleKey(reach, { name: press, input: '' });
      return true;
    }
    case 'evidence':
      evidenceKey(reach, overlay, key);
      return true;
    case 'why':
      whyKey(reach, overlay, key);
      return true;
    case 'search':
      searchKey(reach, overlay, key, input);
      return true;
    case 'jump':
      jumpKey(reach, overlay, key, input);
      return true;
    case 'ask':
      askKey(reach, overlay, key, input);
      return true;
    case 'seat':
      writingKey(reach, key, input);
      return true;
  }
}

/** Text pasted into the overlay that takes text; elsewhere it does nothing, for it is no sequence of commands. */
export function overlayTakesPaste(reach: Reach, pasted: string) {
  const { overlay } = reach.store.snapshot().view;
  const text = sanitizeText(pasted.replace(/\r\n?/gu, '\n'));
  if (overlay.type === 'seat') return writingPaste(reach, text);
  if (overlay.type === 'ask')
    setOverlay(reach, { ...overlay, editor: inserted(overlay.editor, text, longestQuestion) });
  if (overlay.type === 'search') {
    const line = text.replaceAll('\n', ' ');
    setOverlay(reach, { ...overlay, query: inserted(overlay.query, line, longestLine), at: null });
  }
}

function scrollOverlay(reach: Reach, overlay: Extract<Overlay, { scroll: number }>, key: string): void {
  const by = { j: 1, down: 1, k: -1, up: -1, pagedown: 10, pageup: -10, space: 10 }[key];
  if (by === undefined) return;
  setOverlay(reach, { ...overlay, scroll: Math.max(0, overlay.scroll + by) });
}

function evidenceKey(reach: Reach, overlay: Extract<Overlay, { type: 'evidence' }>, key: string) {
  const { debate } = reach.store.snapshot().feed;
  if (!debate) return;
  if (key === 'q' || key === 'e') return close(reach);
  if (key === 'pagedown' || key === 'pageup') return scrollOverlay(reach, overlay, key);
  if (key === 'b') return changeBlindness(reach, overlay);
  if (overlay.toLabel && /^[0-6n]$/u.test(key)) {
    const answer = key === 'n' ? null : Number(key);
    return void label(reach, debate, { ...overlay, toLabel: overlay.toLabel }, answer);
  }
  const { cast, agenda } = debate.started;
  const [speakers, issues] = [cast.length, agenda.length];
  const speakerBy = { left: -1, h: -1, right: 1, l: 1, tab: 1, 'shift+tab': -1 }[key] ?? 0;
  const issueBy = { up: -1, k: -1, down: 1, j: 1 }[key] ?? 0;
  const isDigit = overlay.toLabel === null && /^[1-9]$/u.test(key);
  const digit = isDigit && Number(key) <= speakers ? Number(key) - 1 : null;
  if (speakerBy !== 0 || issueBy !== 0 || digit !== null) {
    const speaker = digit ?? (overlay.speaker + speakerBy + speakers) % speakers;
    setOverlay(reach, { ...overlay, speaker, issue: (overlay.issue + issueBy + issues) % issues, scroll: 0 });
  }
  if (key !== 'return') return;
  const cell = shownStand(debate, overlay);
  if (!cell) return;
  reach.store.update((view, feed) => toTurn({ ...view, overlay: { type: 'none' } }, feed, cell.turn));
}

type Evidence = Extract<Overlay, { type: 'evidence' }>;

/** Hides the judge's readings, so that a person can label quotes without them, or shows them again. */
function changeBlindness(reach: Reach, overlay: Evidence) {
  const { store, controls } = reach;
  if (overlay.toLabel) return setOverlay(reach, { ...overlay, toLabel: null });
  if (!controls.labels) return store.say('labels are kept beside a stored run alone');
  controls.labels.quotes().then(
    (quotes) => {
      if (typeof quotes === 'string') return store.say(quotes);
      store.update((view, feed) => {
        if (view.overlay.type !== 'evidence' || !feed.debate) return view;
        return { ...view, overlay: toNextLabel({ ...view.overlay, toLabel: quotes }, feed.debate) };
      });
    },
    (error: unknown) => store.say(`the quotes could not be read: ${String(error)}`),
  );
}

/** Keeps an answer and goes on to the next quote without one; what could not be kept is not shown as if it were. */
async function label(
  { store, controls }: Reach,
  debate: Debate,
  overlay: Evidence & { toLabel: readonly QuoteToLabel[] },
  position: number | null,
): Promise<void> {
  const stand = shownStand(debate, overlay);
  const quote = stand && quoteOf(stand, overlay.toLabel);
  if (!quote) return store.say('there is no quote to label here');
  const fault = await controls.labels
    ?.keep(quote, position)
    .catch((error: unknown) => `the label could not be kept: ${String(error)}`);
  if (fault) return store.say(fault);
  store.say(position === null ? 'kept: no stand' : `kept: ${position}`);
  store.update((view) => {
    if (view.overlay.type !== 'evidence' || !view.overlay.toLabel) return view;
    const toLabel = view.overlay.toLabel.map((one) => (one === quote ? { ...one, position } : one));
    return { ...view, overlay: toNextLabel({ ...view.overlay, toLabel }, debate) };
  });
}

/** The view at the next quote that nobody has labelled; where it is when all are. */
function toNextLabel(overlay: Evidence & { toLabel: readonly QuoteToLabel[] }, debate: Debate): Evidence {
  const [next] = leftToLabel(debate, overlay.toLabel);
  return next ? { ...overlay, ...next, scroll: 0 } : overlay;
}

function whyKey(reach: Reach, overlay: Extract<Overlay, { type: 'why' }>, key: string) {
  const { shifts, at } = overlay;
  if (key === 'q' || key === 'w') return close(reach);
  const by = { left: -1, h: -1, 'shift+tab': -1, right: 1, l: 1, tab: 1 }[key];
  if (by !== undefined)
    return setOverlay(reach, { ...overlay, at: (at + by + shifts.length) % shifts.length, scroll: 0 });
  if (key !== 'return') return scrollOverlay(reach, overlay, key);
  const turn = shifts[at]?.turn;
  if (turn === undefined) return;
  reach.store.update((view, feed) => toTurn({ ...view, overlay: { type: 'none' } }, feed, turn));
}

/** Enter comes as a line feed where it was pressed before the terminal had handed its keys over as they are. */
function isEnter(key: string): boolean {
  return key === 'return' || key === 'ctrl+j';
}

function searchKey(reach: Reach, overlay: Extract<Overlay, { type: 'search' }>, key: string, input: string) {
  const query = textOf(overlay.query);
  if (isEnter(key) || key === 'up') return reach.store.update((view, feed) => toMatch(view, feed, query, -1));
  if (key === 'down') return reach.store.update((view, feed) => toMatch(view, feed, query, 1));
  const edited = editedBy(overlay.query, key, input, longestLine);
  if (edited)
    setOverlay(reach, { ...overlay, query: edited, at: textOf(edited) === query ? overlay.at : null });
}

function jumpKey(reach: Reach, overlay: Extract<Overlay, { type: 'jump' }>, key: string, input: string) {
  if (isEnter(key)) return jump(reach, textOf(overlay.target));
  const edited = editedBy(overlay.target, key, input, 8);
  if (edited) setOverlay(reach, { ...overlay, target: edited });
}

/** Scrolls to a turn or round that is there; a replay goes to one that is not. */
function jump(reach: Reach, text: string) {
  const { store, controls } = reach;
  close(reach);
  const match = /^\s*(r|t)?\s*(\d+)\s*$/iu.exec(text);
  if (!match) return store.say('give a turn such as 12, or a round such as r3');
  const number = Number(match[2]);
  const isRound = match[1]?.toLowerCase() === 'r';
  const turns = store.snapshot().feed.debate?.turns ?? [];
  const turn = turns.find((one) => (isRound ? one.round === number : one.turn === number));
  if (turn) return store.update((view, feed) => toTurn(view, feed, turn.turn));
  if (!controls.jump) return store.say(`${isRound ? 'round' : 'turn'} ${number} is still to come`);
  controls.jump(isRound ? { round: number } : { turn: number });
}

function askKey(reach: Reach, overlay: Extract<Overlay, { type: 'ask' }>, key: string, input: string) {
  if (key === 'return') return ask(reach, textOf(overlay.editor));
  if (key === 'meta+return' || key === 'shift+return' || key === 'ctrl+j') {
    return setOverlay(reach, { ...overlay, editor: inserted(overlay.editor, '\n', longestQuestion) });
  }
  const edited = editedBy(overlay.editor, key, input, longestQuestion);
  if (edited) setOverlay(reach, { ...overlay, editor: edited });
}

function ask(reach: Reach, text: string) {
  close(reach);
  if (text.trim() === '') return reach.store.say('nothing was asked');
  reach.controls.ask(text.trim());
  reach.store.say('asked: it is put to everyone before the next turn', true);
}

function close({ store }: Reach): void {
  store.update((view): View => ({ ...view, overlay: { type: 'none' } }));
}

function setOverlay({ store }: Reach, overlay: Overlay): void {
  store.update((view): View => ({ ...view, overlay }));
}

/** One key press, from the screen to what it does. */
export function handleKey(reach: Reach, { name, input }: KeyPress): void {
  // The editor of a seat opens by itself: a command that was being repeated just then is no part of the speech.
  const isWriting = reach.store.snapshot().view.overlay.type === 'seat';
  const isRepeated = reach.store.pressed(name, isWriting);
  if (isRepeated && (input !== '' || isEnter(name))) return;
  if (overlayTakesKey(reach, name, input)) return;
  const place = placeOf(reach);
  const binding = bindingOf(name, place);
  const why = binding ? null : whyNot(name, place);
  if (why !== null) reach.store.say(why);
  if (binding) actions[binding.action](reach, name);
}

function placeOf({ controls, isFull, store }: Reach): KeyPlace {
  const { isReplay, setSpeed, seats } = controls;
  const { feed, view } = store.snapshot();
  return keyPlaceOf({
    ...{ isReplay, isFull, feed, view },
    ...{ isPaced: setSpeed !== undefined, hasSeats: seats !== undefined },
  });
}
