import { firstPlain, secondPlain } from '../phrasings/plain.ts';
import type { Domain } from './domain.ts';

/** A works council and a company. */
export const workplace: Domain = {
  name: 'workplace',
  split: 'development',
  phrasing: firstPlain,
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
      '0': ['a working week that stays at forty hours', 'forty hours a week, as today'],
      '3': [
        'a cut to thirty-eight hours over two years',
        'thirty-eight hours a week, reached over two years',
      ],
      '6': ['a thirty-five hour week at once', 'thirty-five hours, starting at once'],
    },
    remote: {
      '0': ['everyone in the office every day', 'office work every day for everyone'],
      '3': [
        'two days a week from home, agreed with the team',
        'home work on two days, by agreement with the team',
      ],
      '6': ['a free choice for staff of where they work', 'staff who choose freely where they work'],
    },
    training: {
      '0': ['managers alone deciding on training', 'training that managers alone decide on'],
      '3': ['a joint committee that decides on training', 'decisions on training by a joint committee'],
      '6': [
        'a personal training budget for each employee',
        'each employee with a personal budget for training',
      ],
    },
  },
  offTopic: [
    'The canteen has a new cook, and she is wonderful.',
    'It rained all the way here this morning.',
    'I saw a fine film about penguins on Sunday.',
    'Somebody left an umbrella in the lobby.',
  ],
};

/** The same in other words. */
export const workplaceReworded: Domain = {
  ...workplace,
  name: 'workplace, reworded',
  phrasing: secondPlain,
  wordings: {
    hours: {
      '0': ['the forty hours we have always had', 'a week of forty hours, unchanged'],
      '3': [
        'thirty-eight hours, taking two years to get there',
        'a slow cut, over two years, to thirty-eight',
      ],
      '6': ['thirty-five hours from tomorrow, at once and for all', 'an immediate week of thirty-five hours'],
    },
    remote: {
      '0': ['the office, every single day, for all of us', 'desks in the office filled by everyone each day'],
      '3': ['a pair of days from home that the team agrees on', 'two days at home and the team in agreement'],
      '6': [
        'work wherever staff like, freely chosen',
        'each of the staff choosing freely their own place of work',
      ],
    },
    training: {
      '0': ['training as managers see fit, and they alone', 'a decision on training by managers alone'],
      '3': [
        'training in the hands of a committee that is joint',
        'a committee, joint and equal, for training',
      ],
      '6': [
        'a budget of their own, personal, for every employee to spend',
        'personal budgets that each employee spends',
      ],
    },
  },
};
