import { spokenByOne } from '../phrasings/spoken-by-one.ts';
import type { Domain } from './domain.ts';

/** A sister and a brother after their mother's death, in the kitchen. */
export const farmhouse: Domain = {
  name: 'farmhouse',
  split: 'held-out',
  phrasing: spokenByOne,
  principals: ['Ruth', 'Martin'],
  agenda: [
    {
      id: 'house',
      title: 'The house',
      question: 'What becomes of the house?',
      weight: 0.5,
      anchors: {
        0: 'The house is sold this year',
        3: 'The house is rented out for three years before anything is decided',
        6: 'The house is never sold and stays in the family',
      },
      passages: [1],
    },
    {
      id: 'father',
      title: 'Looking after Dad',
      question: 'Where does Dad live, and who looks after him?',
      weight: 0.3,
      anchors: {
        0: 'Dad moves to a care home',
        3: 'Dad stays where he is and a paid carer comes every day',
        6: 'Dad lives with one of the children, who looks after him',
      },
      passages: [2],
    },
    {
      id: 'furniture',
      title: 'Furniture',
      question: 'What is done with the things in the house?',
      weight: 0.2,
      anchors: {
        0: 'All the furniture is auctioned',
        3: 'Each picks ten things and the rest is auctioned',
        6: 'All the furniture is kept and shared between us',
      },
      passages: [3],
    },
  ],
  wordings: {
    house: {
      0: [
        'selling up before Christmas',
        'putting the place on the market now',
        'a sale this year and done with it',
      ],
      1: ['selling, only not until next summer'],
      2: ['one year of letting it and then selling'],
      3: [
        'renting it out for three years and then seeing',
        'tenants for now, and no decision for three years',
        'letting the place until three years are up',
      ],
      4: ['renting it out for five or six years before anyone mentions selling again'],
      5: ['keeping it in the family unless one of us is truly broke'],
      6: [
        'keeping the place for good',
        'never selling, not to anyone',
        'hanging on to the house so that the kids have it after us',
      ],
    },
    father: {
      0: ['a good home for Dad, the one by the park', 'Dad going into care', 'a room for him in a home'],
      1: ['Dad going into a home, with weekends at ours'],
      2: ['a carer for Dad this winter and a home after that'],
      3: [
        'somebody paid to come in every day for Dad',
        'a daily carer, with Dad in his own bed',
        'Dad staying put and a carer coming by each day',
      ],
      4: ['a carer for Dad in the week and one of us at weekends'],
      5: ['Dad with one of us most of the year, and a carer when we are away'],
      6: ['Dad moving in with one of us', 'one of us taking him in and looking after him ourselves'],
    },
    furniture: {
      0: ['an auction for all of the furniture', 'everything under the hammer, chairs and all'],
      1: ['auctioning the furniture and keeping the clock'],
      2: ['four or five things each, and an auction for the others'],
      3: [
        'ten things each and an auction for what is left over',
        'picking ten pieces each and auctioning the rest',
      ],
      4: ['letting each of us pick twenty things, and auctioning what nobody wants'],
      5: ['keeping nearly all of the furniture and letting a few chairs go'],
      6: [
        'keeping every stick of furniture between the two of us',
        'not letting a single chair go, and sharing it all',
      ],
    },
  },
  offTopic: [
    'Is there any milk left for the tea?',
    'The dog next door has been barking since six.',
    'I ran into our old teacher at the chemist.',
    'It smells of rain, doesn’t it.',
  ],
};
