import { firstPlain, secondPlain } from '../phrasings/plain.ts';
import type { Domain } from './domain.ts';

/** Two provinces and the water of one river. */
export const river: Domain = {
  name: 'river',
  split: 'development',
  phrasing: firstPlain,
  principals: ['Upper province', 'Lower province'],
  agenda: [
    {
      id: 'releases',
      title: 'Dry-season releases',
      question: 'How much water must the dam release in the dry season?',
      weight: 0.5,
      anchors: {
        0: 'No guaranteed release in the dry season',
        3: 'A guaranteed release of half the natural flow in the dry season',
        6: 'Release of the full natural flow throughout the dry season',
      },
      passages: [1],
    },
    {
      id: 'compensation',
      title: 'Compensation for farmers',
      question: 'Who pays farmers downstream for lost harvests?',
      weight: 0.3,
      anchors: {
        0: 'No compensation for lost harvests',
        3: 'A shared fund pays for lost harvests in drought years',
        6: 'The upper province pays for every lost harvest in full',
      },
      passages: [2],
    },
    {
      id: 'data',
      title: 'Gauge data',
      question: 'What gauge readings are shared, and how often?',
      weight: 0.2,
      anchors: {
        0: 'Gauge readings stay confidential',
        3: 'A monthly summary of gauge readings is exchanged',
        6: 'All gauge readings are published live',
      },
      passages: [3],
    },
  ],
  wordings: {
    releases: {
      '0': ['no guaranteed dry-season release', 'a dry season without any guaranteed release'],
      '3': [
        'a guaranteed release of half the natural flow',
        'half of the natural flow as a guaranteed release',
      ],
      '6': [
        'release of the full natural flow all through the dry season',
        'the full natural flow throughout the season',
      ],
    },
    compensation: {
      '0': ['no compensation for lost harvests', 'a treaty with no compensation for harvests'],
      '3': [
        'a shared fund for lost harvests in drought years',
        'a fund shared by both that pays in drought years',
      ],
      '6': [
        'payment in full for every lost harvest by the upper province',
        'full payment by the upper province for every harvest lost',
      ],
    },
    data: {
      '0': ['gauge readings that stay confidential', 'keeping the gauge readings confidential'],
      '3': ['a monthly summary of gauge readings', 'an exchange of gauge readings as a monthly summary'],
      '6': ['all gauge readings published live', 'live publication of all gauge readings'],
    },
  },
  offTopic: [
    'The weather in the capital was lovely this week.',
    'Our delegation enjoyed the choir last night.',
    'My grandmother kept bees, and I think of her often.',
    'There is fresh coffee in the corridor for everyone.',
  ],
};

/** The same in other words. */
export const riverReworded: Domain = {
  ...river,
  name: 'river, reworded',
  phrasing: secondPlain,
  wordings: {
    releases: {
      '0': [
        'a dam that keeps its water when it is dry, with no guaranteed release',
        'no release duty at all in dry months',
      ],
      '3': [
        'half of what nature would send, guaranteed, in dry months',
        'a guaranteed half of the natural flow',
      ],
      '6': [
        'the whole natural flow, throughout the dry months, as if no dam stood there',
        'full natural flow, all season long',
      ],
    },
    compensation: {
      '0': ['leaving lost harvests to the farmers, with no compensation', 'no compensation of any kind'],
      '3': ['a common purse, a shared fund, for the drought years', 'a drought fund that both of us share'],
      '6': [
        'the upper province making good every lost harvest in full',
        'every lost harvest paid in full from upstream',
      ],
    },
    data: {
      '0': [
        'confidential gauges, read by their owner alone',
        'gauge figures under lock and key, confidential as ever',
      ],
      '3': [
        'one summary a month of what the gauges say, a monthly exchange',
        'monthly summaries exchanged between us',
      ],
      '6': ['every gauge published live for anyone to see', 'gauges that publish all they read, live'],
    },
  },
};
