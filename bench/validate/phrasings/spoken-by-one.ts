import type { Phrasing } from './phrasing.ts';

/** Two people who know each other well and speak for themselves. */
export const spokenByOne: Phrasing = {
  isTalk: true,
  places: {
    at: ['{x}'],
    near: ['{x}, more or less', '{x}, near enough', 'basically {x}'],
    between: ['{x}, but edging towards {other}', 'a bit further towards {other} than just {x}'],
  },
  acts: {
    commit: [
      "Okay, I'm in: {place}.",
      "Right, you've got my word on it: {place}.",
      "I'll shake on {place}.",
      'For {issue}, done, I agree to {place}.',
    ],
    propose: [
      'How about {place}?',
      'I suppose I could live with {place}.',
      'If you give me a bit on {elsewhere}, I might say yes to {place}.',
      'Maybe, and I mean maybe, {place} would do.',
      "I've been turning {issue} over in my head. Could we do {place}?",
    ],
    rhetoric: [
      "I've said it before and I'll say it again, I want {place}.",
      'For me it has to be {place}.',
      "I'm sorry, but I can't see myself going along with anything but {place}.",
      'If you ask me about {issue}, the answer is {place}.',
      'Mum would have wanted {place}, and so do I.',
    ],
  },
  withdrawals: [
    'I shouldn’t have said yes about {issue}. I’m taking it back, I want {place}.',
    "Forget what I told you about {issue}; I've slept on it, and it's {place} for me after all.",
    "I've changed my mind on {issue}. The offer's gone, and I'm back at {place}.",
  ],
  attributions: [
    'I know, {other}, you’d rather have {theirs}.',
    '{other} wants {theirs}, I get that.',
    'You keep going on about {theirs}.',
    'Yes, yes, {theirs}, I heard you the first time.',
  ],
  tones: {
    plain: [
      'Let me say something.',
      "Well, here's what I think, {other}.",
      'So.',
      "I've had time to sleep on it.",
    ],
    friendly: [
      "You're a darling, {other}, and I love that we can talk like this.",
      "Oh, that's beautifully said, {other}. I feel exactly the same.",
      "We've always seen eye to eye, haven't we.",
      "I couldn't have put it better. We're family, and that is what counts.",
    ],
    rude: [
      "You haven't lifted a finger in years, {other}.",
      "That's a rotten thing to say, even for {other}.",
      'Oh, give it a rest, will you.',
      "You're being impossible and you know it.",
    ],
  },
};
