import { acrossATable } from '../phrasings/across-a-table.ts';
import type { Domain } from './domain.ts';

/** A school and its pupils' parents. */
export const school: Domain = {
  name: 'school',
  split: 'development',
  phrasing: acrossATable,
  principals: ['School board', 'Parent-teacher group'],
  agenda: [
    {
      id: 'phones',
      title: 'Mobile phones',
      question: 'When may pupils use mobile phones at school?',
      weight: 0.5,
      anchors: {
        0: 'Pupils may use phones whenever they like',
        3: 'Phones are locked away during lessons and allowed in breaks',
        6: 'Phones are banned from the school grounds',
      },
      passages: [1],
    },
    {
      id: 'homework',
      title: 'Homework',
      question: 'How much homework may be set in a week?',
      weight: 0.3,
      anchors: {
        0: 'Teachers set as much homework as they wish',
        3: 'Homework is limited to six hours a week',
        6: 'Homework is limited to two hours a week',
      },
      passages: [2],
    },
    {
      id: 'meals',
      title: 'School meals',
      question: 'Who pays for school meals?',
      weight: 0.2,
      anchors: {
        0: 'Parents pay the full price of meals',
        3: 'The school pays half of the price of meals',
        6: 'Meals are free for every pupil',
      },
      passages: [3],
    },
  ],
  wordings: {
    phones: {
      0: [
        'phones in every pocket, all day long',
        'no rules about mobiles',
        'leaving pupils their phones the whole day',
      ],
      1: ['phones all day, except in exams'],
      2: ['phones switched off in class but left in the bag'],
      3: [
        'mobiles under lock and key in class and back at break',
        'a locker for phones while lessons last',
        'no phones in lessons and free use in the breaks',
      ],
      4: ['phones locked away until the lunch break'],
      5: ['phones handed in at the gate, save for pupils with a long way home'],
      6: [
        'a ban on phones from the gate to the gym',
        'a school without a single mobile on its grounds',
        'phones left at home',
      ],
    },
    homework: {
      0: ['as much homework as each teacher sees fit', 'leaving homework to the teachers, with no limit'],
      1: ['no limit on homework apart from the weekend'],
      2: ['about eight hours of homework a week'],
      3: [
        'six hours of homework a week and no more',
        'a limit of 6 hours on homework',
        'an hour a day, six in a week',
      ],
      4: ['something like five hours a week'],
      5: ['three hours a week'],
      6: [
        'two hours of homework in a week',
        'a weekly limit of 2 hours',
        'two hours a week at the very most',
      ],
    },
    meals: {
      0: ['parents paying for lunch as they do now', 'families covering the whole price of a meal'],
      1: ['parents paying, with a discount for large families'],
      2: ['a third of the price of lunch from the school'],
      3: [
        'half the price from the school and half from home',
        'sharing the cost of lunch equally',
        'meals at half price',
      ],
      4: ['two thirds of the meal price paid by the school'],
      5: ['free lunch for all but the well-off'],
      6: ['a free lunch for every child', 'meals that cost nobody anything', 'lunch on the school'],
    },
  },
  offTopic: [
    'The caretaker has painted the fence, and it looks splendid.',
    'My bicycle had a flat tyre this morning.',
    'We hope the choir trip goes well.',
    'Is that clock slow or is it me?',
  ],
};
