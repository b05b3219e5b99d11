import { actions, type Reach } from './actions.ts';
import type { KeyPress } from './key-name.ts';
import { bindingOf } from './keys.ts';
import { overlayTakesKey } from './overlay-keys.ts';

/** One key press, from the screen to what it does. */
export function handleKey(reach: Reach, { name, input }: KeyPress): void {
  if (overlayTakesKey(reach, name, input)) return;
  const binding = bindingOf(name, { isReplay: reach.controls.isReplay, isFull: reach.isFull });
  if (binding) actions[binding.action](reach, name);
}
