import type { Phrasing } from './phrasing.ts';

/** Delegates without a script: long-winded, careful, and given to repeating what the other side said. */
export const acrossATable: Phrasing = {
  isTalk: true,
  places: {
    at: ['{x}'],
    near: ['{x}, by and large', 'something very close to {x}', '{x}, one or two cases aside', 'roughly {x}'],
    between: [
      '{x}, or a shade nearer to {other}',
      '{x} with a bit of {other} mixed in',
      'a compromise that starts from {x} and leans to {other}',
    ],
  },
  acts: {
    commit: [
      'So it is agreed: {place}.',
      'We are ready to sign off on {place}.',
      'Our answer on {issue} is yes to {place}.',
      "Put it in the minutes that we're giving our consent to {place}.",
      "I've cleared it with everyone at my end, and we will go with {place}.",
    ],
    propose: [
      'Could both sides live with {place}?',
      'Suppose, for argument’s sake, that on {issue} we settled for {place}.',
      'We may be able to stretch to {place} as long as {elsewhere} goes our way.',
      "Nothing's final, but we'd be open to {place}.",
      'One idea for {issue} would be {place}.',
      'Why not {place}?',
    ],
    rhetoric: [
      "The people I speak for won't settle for less than {place}.",
      'Our view of {issue} is simple enough, namely {place}.',
      'There is only one answer we can give, and that is {place}.',
      'We came here for {place}.',
      "As far as {issue} goes, we can't move from {place}.",
      'In fairness, {place} is what everyone on our side has been hoping for.',
    ],
  },
  withdrawals: [
    "I'm afraid we can't stand by what we offered on {issue}; our line is {place} once more.",
    'What I put to you on {issue} no longer holds. We are asking for {place}, as at the start.',
    "We've had second thoughts about {issue}, and we'd rather return to {place}.",
  ],
  attributions: [
    'The {other} is asking for {theirs}.',
    'If I follow the {other} correctly, the idea is {theirs}.',
    'Your preference is {theirs}, that much is clear.',
    "{theirs}: that's the proposal of the {other}, as I read it.",
    'We have listened to your case for {theirs}.',
    'It is the {other} that insists on {theirs}.',
  ],
  tones: {
    plain: [
      'Good morning, everyone.',
      'I will take the items in the order of the list.',
      'To answer the {other}, here is how we see it.',
      'Nothing here will surprise you.',
    ],
    friendly: [
      'I must say how much we enjoy working with the {other}.',
      'That was a generous speech, and it touched us.',
      'There is hardly a cigarette paper between us, my friends.',
      'We share every one of the hopes the {other} spoke of.',
    ],
    rude: [
      'What a waste of an afternoon.',
      'The {other} clearly has not read a single page.',
      'Spare us the sermon.',
      'That was a disgraceful performance by the {other}.',
    ],
  },
};
