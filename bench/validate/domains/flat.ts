import { atHome } from '../phrasings/at-home.ts';
import type { Domain } from './domain.ts';

/** Two who share a flat. */
export const flat: Domain = {
  name: 'flat',
  split: 'development',
  phrasing: atHome,
  principals: ['Anne-Marie', 'Jonas'],
  agenda: [
    {
      id: 'rent',
      title: 'Rent',
      question: 'Who pays how much of the rent?',
      weight: 0.5,
      anchors: {
        0: 'The rent is split in half',
        3: 'The one with the big room pays sixty per cent of the rent',
        6: 'The one with the big room pays eighty per cent of the rent',
      },
      passages: [1],
    },
    {
      id: 'cleaning',
      title: 'Cleaning',
      question: 'Who cleans the flat?',
      weight: 0.3,
      anchors: {
        0: 'Each cleans when it seems dirty',
        3: 'A cleaning rota, one week each',
        6: 'A paid cleaner comes every week',
      },
      passages: [2],
    },
    {
      id: 'guests',
      title: 'Guests',
      question: 'How often may guests stay overnight?',
      weight: 0.2,
      anchors: {
        0: 'Guests stay as long as they like',
        3: 'Guests stay at most two nights a week',
        6: 'No guests overnight',
      },
      passages: [3],
    },
  ],
  wordings: {
    rent: {
      0: ['each of us paying half', 'splitting the rent evenly, big room or not', 'fifty-fifty on the rent'],
      1: ['paying half each and a tenner more for the big room'],
      2: ['fifty-six per cent of the rent for the big room'],
      3: [
        'sixty per cent for the big room',
        'the big room at sixty and the small one at forty',
        'a 60 to 40 split of the rent',
      ],
      4: ['sixty-five per cent for whoever has the big room'],
      5: ['three quarters of the rent on the big room'],
      6: [
        'eighty per cent for the big room',
        'the big room paying 80 and the small one 20',
        'four fifths of the rent from the big room',
      ],
    },
    cleaning: {
      0: ['cleaning up when it looks like it needs it', 'no plan at all, you clean when you feel like it'],
      1: ['no plan except for the bathroom on Sundays'],
      2: ['a loose list on the fridge that we tick off when we clean'],
      3: [
        'a rota where we swap every week',
        'taking turns, a week of cleaning each',
        'one week you, one week me',
      ],
      4: ['a rota, and a cleaner for the windows'],
      5: ['a cleaner every other week'],
      6: [
        'a cleaner who comes every week',
        'paying somebody to clean each week',
        'hiring help so neither of us has to scrub',
      ],
    },
    guests: {
      0: ['friends staying as long as they want', 'an open house for overnight guests'],
      1: ['guests as long as they like, if they ask first'],
      2: ['guests for four nights a week at most'],
      3: [
        'guests on two nights a week',
        'two nights, no more, for anyone who stays over',
        'friends on the sofa twice a week',
      ],
      4: ['one night a week for guests'],
      5: ['no one overnight, birthdays excepted'],
      6: ['nobody sleeping over, ever', 'no overnight guests', 'guests going home at the end of the evening'],
    },
  },
  offTopic: [
    'The cat has been sick on the rug.',
    'Did you see the match?',
    'I ran out of shampoo.',
    'That smells wonderful, what is it?',
  ],
};
