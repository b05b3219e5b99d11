import type { Split } from './domains/domain.ts';

/**
 * `{x}` is what the speaker stands for; `{low}` and `{high}` are the wordings on either side of a place between two, `{other}` the
 * end that the place is farther from. In a tone, `{other}` is the name of the other side.
 */
type Frames = Record<Split, readonly string[]>;

/** What whole points mean in words: at an anchor, near it, or between two. */
export const places: Record<'at' | 'near' | 'between', Frames> = {
  at: { development: ['{x}'], 'held-out': ['{x}'] },
  near: {
    development: ['{x}, with small exceptions', 'broadly {x}'],
    'held-out': ['{x}, with a few exceptions', 'for the most part {x}'],
  },
  between: {
    development: [
      'something between {low} and {high}, but closer to {x}',
      'a solution closer to {x} than to {other}',
    ],
    'held-out': ['something nearer to {x} than to {other}', 'a middle way, nearer to {x} than to {other}'],
  },
};

/** How a stand is taken; `{issue}` is the title, `{place}` one of the above. */
export const acts: Record<'commit' | 'propose' | 'rhetoric', Frames> = {
  commit: {
    development: ['On {issue}, we commit to {place}.', 'On {issue}, we will sign {place}.'],
    'held-out': ['As to {issue}, you have our word: we accept {place}.', 'On {issue} we pledge {place}.'],
  },
  propose: {
    development: ['On {issue}, we propose {place}.', 'On {issue}, our offer is {place}.'],
    'held-out': ['As to {issue}, we suggest {place}.', 'For {issue}, we put forward {place}.'],
  },
  rhetoric: {
    development: ['On {issue}, our position is {place}.', 'On {issue}, we insist on {place}.'],
    'held-out': ['As to {issue}, we stand for {place}.', 'For {issue}, what we want is {place}.'],
  },
};

/** Taking back what was offered. */
export const withdrawals: Frames = {
  development: ['On {issue}, we withdraw our offer; our position is again {place}.'],
  'held-out': ['As to {issue}, we take back what we offered: we return to {place}.'],
};

export const tones: Record<'plain' | 'friendly' | 'rude', Frames> = {
  plain: {
    development: ['We have listened to the {other}.', 'Let us go through the list.', 'Here is where we are.'],
    'held-out': [
      'Let me be brief.',
      'The {other} has spoken; now to the matter.',
      'We have read the papers.',
    ],
  },
  friendly: {
    development: [
      'Thank you, {other}, that was a good point, and we agree in spirit.',
      'We appreciate this constructive talk; there is so much common ground.',
      'You are right, and we are delighted to be of one mind.',
    ],
    'held-out': [
      'Thanks to the {other}: what an excellent idea, and how right you are.',
      'We are grateful, and we fully support the spirit of this room.',
      'We wholeheartedly agree that agreement is near.',
    ],
  },
  rude: {
    development: [
      'Your last speech was nonsense, and we reject your tone.',
      'We refuse to be lectured by the {other}.',
      'Frankly, you have wasted our day.',
    ],
    'held-out': [
      'That was an insult from the {other}, and we object to it.',
      'We oppose everything about your manners.',
      'We do not accept being shouted at.',
    ],
  },
};
