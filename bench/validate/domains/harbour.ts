import { acrossATable } from '../phrasings/across-a-table.ts';
import type { Domain } from './domain.ts';

/** A ferry line and the islanders who depend on it. */
export const harbour: Domain = {
  name: 'harbour',
  split: 'development',
  phrasing: acrossATable,
  principals: ['Ferry line', 'Islanders'],
  agenda: [
    {
      id: 'crossings',
      title: 'Winter crossings',
      question: 'How many ferries sail in a winter week?',
      weight: 0.45,
      anchors: {
        0: 'No winter timetable: ferries sail when full',
        3: 'Seven crossings a week in winter',
        6: 'Twenty-one crossings a week in winter, as in summer',
      },
      passages: [1],
    },
    {
      id: 'fares',
      title: 'Fares for residents',
      question: 'What do residents pay?',
      weight: 0.35,
      anchors: {
        0: 'Residents pay the same fare as tourists',
        3: 'Residents pay half the fare',
        6: 'Residents travel free of charge',
      },
      passages: [2],
    },
    {
      id: 'ownership',
      title: 'Ownership of the pier',
      question: 'Who owns and runs the pier?',
      weight: 0.2,
      anchors: {
        0: 'The ferry line owns and runs the pier',
        3: 'A joint company owns the pier and the ferry line runs it',
        6: 'The islanders own and run the pier',
      },
      passages: [3],
    },
  ],
  wordings: {
    crossings: {
      0: [
        'boats that leave once they are full',
        'no fixed winter timetable',
        'sailing on demand from November on',
      ],
      1: ['sailing on demand, with one sure boat on Fridays'],
      2: ['four or five crossings in a winter week'],
      3: ['a boat every day of the winter', 'seven sailings in a week', 'one crossing a day, so 7 a week'],
      4: ['ten or twelve crossings a week'],
      5: ['eighteen crossings a week'],
      6: [
        'three boats a day, winter and summer alike',
        'the summer timetable all year',
        'twenty-one sailings every week',
      ],
    },
    fares: {
      0: ['one fare for everybody, tourists or not', 'residents paying what visitors pay'],
      1: ['the tourist fare with ten per cent off for residents'],
      2: ['a third off for those who live here'],
      3: [
        'half fare for those who live here',
        'fifty per cent off with a resident card',
        'tickets at half the tourist price',
      ],
      4: ['residents paying a third of the fare'],
      5: ['residents paying a token coin'],
      6: [
        'no fare at all for residents',
        'free travel for those who live here',
        'residents on board for nothing',
      ],
    },
    ownership: {
      0: ['a pier that belongs to the ferry line', 'the pier in the hands of the company, as it is'],
      1: ['the company keeping the pier, with islanders on a board of advisers'],
      2: ['a minority share in the pier for the islanders'],
      3: [
        'a pier owned by a joint company, run by the ferry people',
        'owning the pier jointly, and the line running it',
      ],
      4: ['a majority of the pier for the islanders, with the line running it'],
      5: ['islanders owning the pier and the line renting a berth and a shed'],
      6: ['the pier in the hands of the islanders', 'the islanders as sole owners, running it themselves'],
    },
  },
  offTopic: [
    'There were seals on the rocks again.',
    'Our treasurer has had a baby girl.',
    'The soup last night was the best in years.',
    'It gets dark early now.',
  ],
};
