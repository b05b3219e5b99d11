import type { Control } from './events.ts';

/** What a control is, in one sentence, wherever one is shown. */
export const controlInWords: Record<Control, string> = {
  'no-debate':
    'every persona stated its position alone, round after round, and heard nobody; no position could answer another',
  'same-persona':
    'one persona’s text played every seat, so that whatever agreement there is was there from the start',
  'shuffled-turns':
    'the judge read the speeches in an order drawn from the seed, so that movement from round to round is lost',
  neutral: 'the personas told what the article says and negotiated nothing, so that there is nothing to read',
};

/** "Control run: no-debate. Every persona …" */
export function controlSentence(control: Control): string {
  const words = controlInWords[control];
  return `Control run: ${control}. ${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
