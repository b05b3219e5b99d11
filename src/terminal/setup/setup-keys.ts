import { type Binding, bindingsOf, helpBinding, paletteBinding } from '../tui/bindings.ts';

export type SetupAction =
  | ('next-field' | 'previous-field' | 'next-choice' | 'previous-choice' | 'scroll-down' | 'scroll-up')
  | ('begin' | 'leave' | 'help' | 'palette');

/** Every key of the set-up, once: what handles keys, the help, the palette and docs/keys.md are made from this. */
export const setupKeys: readonly Binding<SetupAction>[] = [
  ...bindingsOf<Binding<SetupAction>>('debate', [
    ['down j tab', 'next-field', 'go to the next field', { label: '↓ j' }],
    ['up k shift+tab', 'previous-field', 'go to the field before', { label: '↑ k' }],
    ['right l +', 'next-choice', 'choose the next', { label: '→ l' }],
    ['left h -', 'previous-choice', 'choose the one before', { label: '← h' }],
    ['pagedown space ctrl+d', 'scroll-down', 'read on in the preview'],
    ['pageup ctrl+u', 'scroll-up', 'read back in the preview'],
    ['return ctrl+j', 'begin', 'begin the debate; nothing is spent before'],
  ]),
  helpBinding,
  paletteBinding,
  ...bindingsOf<Binding<SetupAction>>('screen', [['q escape ctrl+c', 'leave', 'leave without a debate']]),
];
