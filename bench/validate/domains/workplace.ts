import type { Domain } from './domain.ts';

/** A works council and a company. */
export const workplace: Domain = {
  name: 'workplace',
  principals: ['Company board', 'Works council'],
  agenda: [
    {
      id: 'hours',
      title: 'Weekly hours',
      question: 'How long is the working week?',
      weight: 0.5,
      anchors: {
        0: 'The working week stays at forty hours',
        3: 'The working week is cut to thirty-eight hours over two years',
        6: 'A thirty-five hour week starts at once',
      },
      passages: [1],
    },
    {
      id: 'remote',
      title: 'Remote work',
      question: 'How many days may staff work from home?',
      weight: 0.3,
      anchors: {
        0: 'Everyone works in the office every day',
        3: 'Two days a week from home, by agreement with the team',
        6: 'Staff choose freely where they work',
      },
      passages: [2],
    },
    {
      id: 'training',
      title: 'Training budget',
      question: 'Who decides on the training budget?',
      weight: 0.2,
      anchors: {
        0: 'Managers alone decide on training',
        3: 'A joint committee decides on training',
        6: 'Each employee has a personal training budget to spend',
      },
      passages: [3],
    },
  ],
  wordings: {
    hours: {
      0: {
        development: ['a working week that stays at forty hours', 'forty hours a week, as today'],
        'held-out': ['the forty hours we have always had', 'a week of forty hours, unchanged'],
      },
      3: {
        development: [
          'a cut to thirty-eight hours over two years',
          'thirty-eight hours a week, reached over two years',
        ],
        'held-out': [
          'thirty-eight hours, taking two years to get there',
          'a slow cut, over two years, to thirty-eight',
        ],
      },
      6: {
        development: ['a thirty-five hour week at once', 'thirty-five hours, starting at once'],
        'held-out': [
          'thirty-five hours from tomorrow, at once and for all',
          'an immediate week of thirty-five hours',
        ],
      },
    },
    remote: {
      0: {
        development: ['everyone in the office every day', 'office work every day for everyone'],
        'held-out': [
          'the office, every single day, for all of us',
          'desks in the office filled by everyone each day',
        ],
      },
      3: {
        development: [
          'two days a week from home, agreed with the team',
          'home work on two days, by agreement with the team',
        ],
        'held-out': [
          'a pair of days from home that the team agrees on',
          'two days at home and the team in agreement',
        ],
      },
      6: {
        development: [
          'a free choice for staff of where they work',
          'staff who choose freely where they work',
        ],
        'held-out': [
          'work wherever staff like, freely chosen',
          'each of the staff choosing freely their own place of work',
        ],
      },
    },
    training: {
      0: {
        development: ['managers alone deciding on training', 'training that managers alone decide on'],
        'held-out': [
          'training as managers see fit, and they alone',
          'a decision on training by managers alone',
        ],
      },
      3: {
        development: [
          'a joint committee that decides on training',
          'decisions on training by a joint committee',
        ],
        'held-out': [
          'training in the hands of a committee that is joint',
          'a committee, joint and equal, for training',
        ],
      },
      6: {
        development: [
          'a personal training budget for each employee',
          'each employee with a personal budget for training',
        ],
        'held-out': [
          'a budget of their own, personal, for every employee to spend',
          'personal budgets that each employee spends',
        ],
      },
    },
  },
  offTopic: [
    'The canteen has a new cook, and she is wonderful.',
    'It rained all the way here this morning.',
    'I saw a fine film about penguins on Sunday.',
    'Somebody left an umbrella in the lobby.',
  ],
};
