import { actions, type Reach } from './actions.ts';
import { bindingOf } from './keys.ts';
import { overlayTakesKey } from './overlay-keys.ts';

/** One key press, from the screen to what it does. `input` is the text it typed, where it typed any. */
export function handleKey(reach: Reach, key: string, input: string): void {
  if (overlayTakesKey(reach, key, input)) return;
  const binding = bindingOf(key, reach.controls.isReplay);
  if (binding) actions[binding.action](reach, key);
}
