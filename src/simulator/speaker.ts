import { rememberingFor } from '../text/memo.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Slots } from './spin.ts';

/** The words by which a persona speaks of itself: "we" where its own file does, "I" where it does not. */
export const selfWords = rememberingFor((persona: PromptPersona): Slots => {
  const own = [
    ...persona.interests,
    ...persona.redLines.map(({ text }) => text),
    ...persona.reasons.values(),
    ...persona.offers.values(),
  ]
    .flat()
    .join(' ');
  const plural = own.match(/\b(?:we|our|us|ours)\b/gi)?.length ?? 0;
  const singular = own.match(/\b(?:I|my|me|mine)\b/g)?.length ?? 0;
  const isPlural = plural > singular || (plural === singular && persona.isPrincipal);
  const words = isPlural
    ? { I: 'we', my: 'our', me: 'us', mine: 'ours', am: 'are', myself: 'ourselves', was: 'were' }
    : { I: 'I', my: 'my', me: 'me', mine: 'mine', am: 'am', myself: 'myself', was: 'was' };
  return {
    ...words,
    have: 'have',
    they: 'they',
    them: 'them',
    their: 'their',
    sign: persona.isPrincipal ? 'sign' : 'recommend',
  };
});
