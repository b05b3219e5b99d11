import type { Phrasing } from './phrasing.ts';

/** People who speak for others, in a meeting: hedged, conditional, taken back, with what the other side wants in their own mouths. */
export const spokenByMany: Phrasing = {
  isTalk: true,
  places: {
    at: ['{x}'],
    near: ['{x}, give or take', 'more or less {x}', 'pretty much {x}', '{x}, allowing for the odd exception'],
    between: ['{x}, with a step towards {other}', '{x}, though nudged a little towards {other}'],
  },
  acts: {
    commit: [
      'You can take this as settled on our side: {place}.',
      "We'll put our name to {place}.",
      'All right, on {issue} you have a deal: {place}.',
      'Fine. We can sign up to {place}, and you may write that down.',
    ],
    propose: [
      'What if we tried {place}?',
      'I could see us living with {place}, if the rest of the package holds together.',
      'Let me float something on {issue}: {place}.',
      'Provided there is movement on {elsewhere}, we might go as far as {place}.',
      "I'm not promising anything yet, but {place} might be workable for us.",
    ],
    rhetoric: [
      'Look, for our people it comes down to {place}.',
      "On {issue} we haven't changed our minds; it has to be {place}.",
      'What matters most to us here is {place}.',
      'Honestly, anything other than {place} would be very hard to explain at home.',
      "When it comes to {issue}, we're asking for {place}.",
      "I think, and I've thought so all along, that {place} is only fair.",
    ],
  },
  withdrawals: [
    "I know what we said about {issue}. That is off the table now; we're back to {place}.",
    "We went too far on {issue} last time, so please forget that. It's {place} again.",
    "Scrap what I offered on {issue}. My people won't wear it, and we need {place}.",
  ],
  attributions: [
    'I understand that the {other} would like {theirs}.',
    'The {other} keeps coming back to {theirs}.',
    'You have told us that you want {theirs}, and we heard you.',
    'From the {other} we hear a lot about {theirs}.',
    "{theirs} may be what the {other} wants, but that isn't us.",
  ],
  tones: {
    plain: [
      "Thanks, I'll try to keep this short.",
      'I have been through my notes, so here goes.',
      'Let me pick up where the {other} left off.',
      'A few points, one after the other.',
    ],
    friendly: [
      'It really is a pleasure to sit down with the {other}; I feel we are on the same page.',
      'What a lovely way of putting it. I could have said it myself.',
      "We're so close, and I have nothing but respect for the {other}.",
      'I think we all want the same thing here, and that is a wonderful feeling.',
    ],
    rude: [
      'I have never heard such rubbish in my life.',
      'With the {other} it is always the same old arrogance.',
      "Don't you dare lecture me again.",
      "Frankly I'm sick of being treated like a fool by the {other}.",
    ],
  },
};
