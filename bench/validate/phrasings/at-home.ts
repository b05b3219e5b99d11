import type { Phrasing } from './phrasing.ts';

/** People who share a flat and do not mince words. */
export const atHome: Phrasing = {
  isTalk: true,
  places: {
    at: ['{x}'],
    near: ['{x}, roughly', 'pretty much {x}, really', '{x}, or as good as'],
    between: ['{x}, only a bit closer to {other}', 'somewhere around {x}, on the side of {other}'],
  },
  acts: {
    commit: [
      "Deal. {place}, and that's a promise.",
      "You win, I'm fine with {place}.",
      "I'm happy to do {place}, count on it.",
      'As for {issue}, yes, {place}, I give you my word.',
    ],
    propose: [
      'What about {place}?',
      'I guess {place} could work for me.',
      'I could be talked into {place}, you know, provided {elsewhere} gets sorted.',
      'Would {place} make you happy?',
      "Let's try {place} and see.",
    ],
    rhetoric: [
      "I'm not budging on {issue}: {place}.",
      "All I'm asking for is {place}.",
      'It has always been {place} with me.',
      'Nobody is going to talk me out of {place}.',
      'Honestly, I need {place}.',
    ],
  },
  withdrawals: [
    "I take back what I said about {issue}, it's {place} or nothing.",
    "You know what, I was wrong to give in on {issue}. I'm going with {place}.",
    'About {issue}, no, sorry, I said yes too fast, I need {place}.',
  ],
  attributions: [
    'So {other} is after {theirs}.',
    "You'd love {theirs}, I know.",
    "{other}'s plan is {theirs}, as ever.",
    'I heard your bit about {theirs}.',
    'With you it is always {theirs}.',
  ],
  tones: {
    plain: ['Fine, my turn.', 'Listen, {other}.', 'I made a list.', 'Can we get through this before supper?'],
    friendly: [
      'Living with you is the best thing that happened to me, {other}.',
      'Aw, you always know what to say.',
      "See, that's why we're friends.",
      "I'm so with you, {other}, in every way.",
    ],
    rude: [
      "{other}, you're a slob.",
      'Are you even listening to yourself?',
      'God, you are exhausting.',
      'Grow up.',
    ],
  },
};
