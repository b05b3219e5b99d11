import { grouped } from '../../text/figures.ts';
import { passagesFor } from '../persona.ts';
import type { Reach } from './actions.ts';
import { editedBy, movedByLines, textOf } from './editor.ts';
import { editorColumns } from './overlay/seat-overlay.ts';
import type { View } from './view.ts';
import {
  changedTo,
  mostCharacters,
  replacedBy,
  typed,
  undone,
  type Writing,
  withCitation,
} from './writing.ts';

/** One key in the editor of a person who holds a seat. */
export function writingKey(reach: Reach, key: string, input: string) {
  const { store, controls } = reach;
  const { feed, view } = store.snapshot();
  const { writing } = view;
  const turn = feed.awaited;
  if (!writing || !turn) return;
  switch (key) {
    case 'ctrl+s':
    case 'meta+return':
      return say(reach, writing);
    case 'ctrl+x':
      controls.seats?.keep(turn.persona, textOf(writing.editor));
      controls.seats?.giveBack(turn.persona);
      return;
    case 'ctrl+g':
      controls.seats?.draft(turn.persona);
      return;
    case 'ctrl+e':
      return reach.editElsewhere(textOf(writing.editor), (text) => {
        change(reach, (now) => replacedBy(now, text));
      });
    case 'ctrl+y':
    case 'ctrl+_':
      return change(reach, undone);
    case 'tab':
      return change(reach, (now) =>
        withCitation(now, feed.debate ? passagesFor(feed.debate, turn.persona) : []),
      );
    case 'pagedown':
    case 'pageup': {
      const by = key === 'pagedown' ? 5 : -5;
      return change(reach, (now) => ({ ...now, scroll: Math.max(0, now.scroll + by) }));
    }
    case 'up':
    case 'down': {
      const by = key === 'up' ? -1 : 1;
      const columns = editorColumns(view.columns);
      return change(reach, (now) => changedTo(now, movedByLines(now.editor, by, columns), false));
    }
    case 'return':
    case 'ctrl+j':
      return change(reach, (now) => typed(now, '\n'));
  }
  const edited = editedBy(writing.editor, key, input, mostCharacters);
  if (edited) change(reach, (now) => changedTo(now, edited, /^\S$/u.test(input)));
}

export function writingPaste(reach: Reach, text: string): void {
  const { writing } = reach.store.snapshot().view;
  const left = mostCharacters - (writing ? textOf(writing.editor).length : 0);
  if (text.length > left) {
    reach.store.say(
      `only ${grouped(mostCharacters)} characters fit: ${grouped(text.length - left)} were left out`,
    );
  }
  change(reach, (writing) => changedTo(typed(writing, text), typed(writing, text).editor, false));
}

/** What is not said yet is kept for when the person comes back. */
export function leaveWriting({ store, controls }: Reach): void {
  const { writing } = store.snapshot().view;
  if (!writing) return;
  controls.seats?.keep(writing.persona, textOf(writing.editor));
  store.say('what you wrote is kept: Enter goes on with it');
}

function say({ store, controls }: Reach, { persona, editor }: Writing) {
  const text = textOf(editor);
  if (text.trim() === '') return store.say('there is nothing to say yet');
  controls.seats?.say(persona, text);
}

function change({ store, controls }: Reach, to: (writing: Writing) => Writing): void {
  let kept: Writing | null = null;
  store.update((view): View => {
    if (!view.writing) return view;
    kept = to(view.writing);
    return { ...view, writing: kept };
  });
  const written = kept as Writing | null;
  if (written) controls.seats?.keep(written.persona, textOf(written.editor));
}
