import { spokenByMany } from '../phrasings/spoken-by-many.ts';
import type { Domain } from './domain.ts';

/** A museum and the descendants of those who carved what it shows. */
export const museum: Domain = {
  name: 'museum',
  split: 'held-out',
  phrasing: spokenByMany,
  principals: ['National museum', "Descendants' council"],
  agenda: [
    {
      id: 'carvings',
      title: 'Return of the carvings',
      question: 'Which carvings go back, and which stay?',
      weight: 0.5,
      anchors: {
        0: 'All carvings remain in the museum',
        3: 'The sacred carvings are returned and the others remain on loan',
        6: 'All carvings are returned to the community',
      },
      passages: [1],
    },
    {
      id: 'labels',
      title: 'Texts for visitors',
      question: 'Who writes what visitors read?',
      weight: 0.3,
      anchors: {
        0: 'Curators write all texts',
        3: 'Curators and elders write the texts together',
        6: 'Elders write all texts',
      },
      passages: [2],
    },
    {
      id: 'photographs',
      title: 'Photographs',
      question: 'Who may use photographs of the carvings?',
      weight: 0.2,
      anchors: {
        0: 'Anyone may use the photographs freely',
        3: 'Photographs are used with the permission of a joint office',
        6: 'Photographs are withdrawn and nobody may use them',
      },
      passages: [3],
    },
  ],
  wordings: {
    carvings: {
      0: [
        'the collection staying where it is',
        'nothing leaving the building',
        'every carving kept right here',
      ],
      1: ['keeping the collection here and lending a piece or two for ceremonies'],
      2: ['sending back a handful of the sacred pieces and holding on to the others'],
      3: [
        'the sacred ones going home while the rest stay as a loan',
        'handing back whatever is sacred and lending out the remainder',
        'a return of the sacred pieces and no others',
      ],
      4: ['giving back the sacred pieces and a good part of the others'],
      5: ['practically everything going home, bar two or three pieces'],
      6: [
        'the whole lot going home',
        'every single carving back with the people who made them',
        'a complete return, down to the last piece',
      ],
    },
    labels: {
      0: [
        'curators doing the writing, as they were trained to',
        "wall texts from the museum's own experts and nobody else",
      ],
      1: ['curators writing, after a quick word with the elders'],
      2: ['curators writing while the elders check every draft'],
      3: [
        'both at one table, elders and curators, writing side by side',
        'joint authorship of the wall texts',
        'each label written by the two of us together',
      ],
      4: ['elders writing the first draft and curators joining in after'],
      5: ['elders writing, with a curator only mending the spelling'],
      6: [
        "the elders' own words on every wall",
        'leaving the pen to the elders',
        'elders writing every line',
      ],
    },
    photographs: {
      0: ['pictures that anybody can use', 'free images for the whole world'],
      1: ['free pictures for everyone, apart from one or two sensitive ones'],
      2: ['free pictures for schools and newspapers, and a form to fill in for everyone else'],
      3: [
        'a joint office that says yes or no to each picture',
        'permission first, from an office we run together, and then the picture',
      ],
      4: ['pictures for scholars alone, and a joint office that has to agree'],
      5: ['no pictures, save for a few scholars'],
      6: ['taking every picture down', 'no pictures, ever, by anyone'],
    },
  },
  offTopic: [
    'The stairs here are steeper than I remembered.',
    'Somebody has left their glasses on the piano.',
    'I walked along the harbour before breakfast.',
    'We should thank whoever brought the flowers.',
  ],
};
