import type { Phrasing } from './phrasing.ts';

/** Delegates who go through a list, one plain sentence an issue. */
export const firstPlain: Phrasing = {
  isTalk: false,
  places: {
    at: ['{x}'],
    near: ['{x}, with small exceptions', 'broadly {x}'],
    between: [
      'something between {low} and {high}, but closer to {x}',
      'a solution closer to {x} than to {other}',
    ],
  },
  acts: {
    commit: ['On {issue}, we commit to {place}.', 'On {issue}, we will sign {place}.'],
    propose: ['On {issue}, we propose {place}.', 'On {issue}, our offer is {place}.'],
    rhetoric: ['On {issue}, our position is {place}.', 'On {issue}, we insist on {place}.'],
  },
  withdrawals: ['On {issue}, we withdraw our offer; our position is again {place}.'],
  attributions: [],
  tones: {
    plain: ['We have listened to the {other}.', 'Let us go through the list.', 'Here is where we are.'],
    friendly: [
      'Thank you, {other}, that was a good point, and we agree in spirit.',
      'We appreciate this constructive talk; there is so much common ground.',
      'You are right, and we are delighted to be of one mind.',
    ],
    rude: [
      'Your last speech was nonsense, and we reject your tone.',
      'We refuse to be lectured by the {other}.',
      'Frankly, you have wasted our day.',
    ],
  },
};

/** The same delegates in other words. */
export const secondPlain: Phrasing = {
  isTalk: false,
  places: {
    at: ['{x}'],
    near: ['{x}, with a few exceptions', 'for the most part {x}'],
    between: ['something nearer to {x} than to {other}', 'a middle way, nearer to {x} than to {other}'],
  },
  acts: {
    commit: ['As to {issue}, you have our word: we accept {place}.', 'On {issue} we pledge {place}.'],
    propose: ['As to {issue}, we suggest {place}.', 'For {issue}, we put forward {place}.'],
    rhetoric: ['As to {issue}, we stand for {place}.', 'For {issue}, what we want is {place}.'],
  },
  withdrawals: ['As to {issue}, we take back what we offered: we return to {place}.'],
  attributions: [],
  tones: {
    plain: ['Let me be brief.', 'The {other} has spoken; now to the matter.', 'We have read the papers.'],
    friendly: [
      'Thanks to the {other}: what an excellent idea, and how right you are.',
      'We are grateful, and we fully support the spirit of this room.',
      'We wholeheartedly agree that agreement is near.',
    ],
    rude: [
      'That was an insult from the {other}, and we object to it.',
      'We oppose everything about your manners.',
      'We do not accept being shouted at.',
    ],
  },
};
