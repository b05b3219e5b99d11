import { spokenByMany } from '../phrasings/spoken-by-many.ts';
import type { Domain } from './domain.ts';

/** An airport and the people who sleep beside it. */
export const airport: Domain = {
  name: 'airport',
  split: 'held-out',
  phrasing: spokenByMany,
  principals: ['Airport operator', 'Anti-noise league'],
  agenda: [
    {
      id: 'nights',
      title: 'Night flights',
      question: 'When may aircraft take off and land at night?',
      weight: 0.45,
      anchors: {
        0: 'Flights are allowed at any hour of the night',
        3: 'No flights between midnight and five in the morning',
        6: 'No flights from ten in the evening to seven in the morning',
      },
      passages: [1],
    },
    {
      id: 'soundproofing',
      title: 'Soundproofing',
      question: 'Who pays for soundproofing the homes under the flight path?',
      weight: 0.35,
      anchors: {
        0: 'Homeowners pay for their own soundproofing',
        3: 'The airport pays half of the cost of soundproofing',
        6: 'The airport pays the whole cost of soundproofing every affected home',
      },
      passages: [2],
    },
    {
      id: 'ceiling',
      title: 'Flights a year',
      question: 'How many flights may there be in a year?',
      weight: 0.2,
      anchors: {
        0: 'No cap on the number of flights a year',
        3: 'Flights are capped at 300,000 a year',
        6: 'Flights are cut to 200,000 a year',
      },
      passages: [3],
    },
  ],
  wordings: {
    nights: {
      0: ['planes round the clock', 'an airport that never has to close', 'nights that stay open to traffic'],
      1: ['open nights, except that the loudest jets stay on the ground'],
      2: ['a break of two hours or so in the dead of night', 'a short pause, say from two until four'],
      3: [
        'five quiet hours, midnight till five',
        'closing at twelve and opening again at five',
        'a curfew after midnight that lifts at five',
      ],
      4: ['quiet from eleven at night until five'],
      5: ['quiet from half past ten until about half past six'],
      6: [
        'silence from ten at night until seven',
        'nine hours without a single plane, ten till seven',
        "a full night's sleep: nothing after ten, nothing before seven",
      ],
    },
    soundproofing: {
      0: [
        'people paying for their own windows',
        'households footing the bill for the glazing themselves',
        'not a penny from the airport for soundproofing',
      ],
      1: ['households paying for their windows, with a small grant for the hard-up'],
      2: ['about a third of the glazing bill from the airport'],
      3: [
        'splitting the soundproofing bill down the middle',
        'fifty-fifty on the windows',
        'half the glazing paid by the airport',
      ],
      4: ['two thirds of the window bill from the airport'],
      5: ['nearly the whole bill for the windows, with owners putting in a token share'],
      6: [
        'every last window paid for by the airport',
        'the airport picking up the entire bill for soundproofing',
        "new glazing for every affected house at the airport's expense",
      ],
    },
    ceiling: {
      0: ['growth in flights with no ceiling', 'letting demand decide how many planes there are in a year'],
      1: ['a ceiling so high we would hardly notice it, 400,000 flights or so'],
      2: ['a yearly cap of around 350,000'],
      3: ['a lid at three hundred thousand flights', 'no more than 300,000 movements a year'],
      4: ['something like 270,000 flights a year'],
      5: ['230,000 a year or thereabouts'],
      6: ['bringing flights down to 200,000', 'two hundred thousand a year and not one more'],
    },
  },
  offTopic: [
    'My train was late again, so forgive the muddy shoes.',
    'They tell me the cake is home-made.',
    'Did anyone else see the eclipse on Tuesday?',
    'The lift in this hall has a mind of its own.',
  ],
};
