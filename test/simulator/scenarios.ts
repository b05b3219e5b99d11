import type { Article } from '../../src/debate/setup.ts';
import type { Persona, Scenario } from '../../src/prompts/types.ts';

function article(title: string, texts: string[]): Article {
  const passages = texts.map((text, index) => ({ number: index + 1, text }));
  return { title, source: 'a test', date: '2026-01-01', licence: '', sha256: 'a'.repeat(64), passages };
}

interface PersonaSketch {
  id: string;
  name: string;
  principal?: boolean;
  openness?: number;
  opening?: Record<string, number>;
  redLines?: { issue: string; min?: number; max?: number; text: string }[];
  body: string;
}

function persona({
  id,
  name,
  principal = false,
  openness = 0.4,
  opening = {},
  redLines = [],
  body,
}: PersonaSketch): Persona {
  const lines = redLines.map(({ issue, min = 0, max = 6, text }) => ({ issue, min, max, text }));
  const member = { id, name, short: name.slice(0, 14), principal, opening, redLines: lines };
  return { member, openness, body };
}

/** Another domain, with noun phrases for anchors, and personas that bring arguments and offers. */
export const library: Scenario = {
  id: 'library-hours',
  title: 'When should the town library be open?',
  summary: 'A council and the staff negotiate.',
  group: 'library-hours',
  shareText: true,
  articleUrl: null,
  article: article('Library doors close at five', [
    'The town library on Mill Street closes at five, and four hundred people a week are turned away at the door.',
    'The council spent 2.1 million crowns on the building in 2019 and nothing on staff since.',
    '"We cannot open longer with nine people," said the head of the branch. Two posts have been empty since March.',
    'A neighbouring town opened its library without staff on Sundays, using a card reader and cameras, and lost eleven books in a year.',
    'Students from the college asked for evening hours in a petition signed by 1,900 people.',
    'The union says that an unstaffed building is unsafe, and points to a fall on the stairs in 2022.',
  ]),
  agenda: [
    {
      id: 'opening-hours',
      title: 'Opening hours',
      question: 'How long is the library open?',
      weight: 0.4,
      passages: [1, 3, 5],
      anchors: {
        0: 'Weekday hours until five, as now',
        3: 'Evening hours until eight on three weekdays',
        6: 'Round-the-clock opening on every day of the week',
      },
    },
    {
      id: 'staffing',
      title: 'Staffing',
      question: 'Who is in the building while it is open?',
      weight: 0.35,
      passages: [3, 4, 6],
      anchors: {
        0: 'Trained librarians on duty at every hour',
        3: 'A guard and volunteers in the evenings, librarians in the daytime',
        6: 'Nobody on duty, a card reader and cameras instead',
      },
    },
    {
      id: 'funding',
      title: 'Funding',
      question: 'Who pays for it?',
      weight: 0.25,
      passages: [2],
      anchors: {
        0: 'A new levy on every household',
        3: 'Half from the college, half from the town',
        6: 'Fees paid by those who come after five',
      },
    },
  ],
  personas: [
    persona({
      id: 'council',
      name: 'Council spokesperson',
      principal: true,
      openness: 0.4,
      opening: { 'opening-hours': 5, staffing: 6, funding: 5 },
      redLines: [{ issue: 'funding', min: 2, text: 'There will be no new levy this year.' }],
      body: `## Role
You speak for the town council.
## Interests
- A building that cost 2.1 million should not stand dark at six.
- Whatever we promise has to survive the next budget.
## Voice
Plain.
## Arguments
### opening-hours
- Four hundred people a week meet a locked door [P1], and each of them pays for what is behind it.
- Students study when their shifts end, which is not at five [P5].
- A closed library costs nearly as much as an open one.
### staffing
- The neighbouring town lost eleven books in a year without staff [P4], which is fewer than we lose with it.
- Cameras do not call in sick.
- Two posts have been empty since March [P3], so the choice is between few people and none.
### funding
- A levy for evening readers is paid by families who are asleep by nine.
- Those who use the hours can carry a part of them.
## Offers
### staffing
- If the union accepts cameras on Sundays, we could pay a guard on weekday evenings.
### funding
- Let the college carry a share, and we would drop the fee for students.`,
    }),
    persona({
      id: 'staff-union',
      name: 'Staff union',
      principal: true,
      openness: 0.35,
      opening: { 'opening-hours': 1, staffing: 0, funding: 1 },
      redLines: [{ issue: 'staffing', max: 3.5, text: 'Nobody works alone in that building after dark.' }],
      body: `## Role
You speak for nine librarians.
## Interests
- People go home safe.
- A librarian is not a lock on a door.
## Arguments
### opening-hours
- Nine people cannot stretch further, as the head of the branch has said [P3].
- An hour without help is a room with shelves in it.
- Longer days with the same staff mean shorter tempers by Friday.
### staffing
- Somebody fell on the stairs in 2022 [P6], and a camera does not telephone.
- Books come back; a broken hip does so slowly.
- A volunteer may go home when it gets difficult.
### funding
- The council found 2.1 million for walls and nothing for people [P2].
- Fees at the door turn away exactly those who have nowhere else to read.
## Offers
### opening-hours
- Fill the two empty posts, and we would try three evenings a week.`,
    }),
    persona({
      id: 'student-reader',
      name: 'Student reader',
      openness: 0.7,
      opening: { 'opening-hours': 6, staffing: 4 },
      body: `## Role
You signed the petition.
## Interests
- I need a quiet table after my shift.
- My room has no heating worth the name.
## Arguments
### opening-hours
- I finish work at seven, so for me the library has never been open.
- We were 1,900 who signed [P5], and not one of us asked for marble.
### staffing
- I would rather have a guard I can talk to than a lens I cannot.`,
    }),
  ],
};

/** Nobody brings an argument, an offer or a red line. */
export const bare: Scenario = {
  ...library,
  personas: library.personas.map(({ member, openness, body }) => ({
    member: { ...member, redLines: [] },
    openness,
    body: body.split('## Arguments')[0]?.trim() ?? '',
  })),
};

/** The fewest and the most who can sit at a table. */
export function withCast(count: number): Scenario {
  const personas = Array.from({ length: count }, (_, index) => {
    const model = library.personas[index % 3] as Persona;
    const suffix = index < 3 ? '' : ` ${Math.floor(index / 3) + 1}`;
    const member = {
      ...model.member,
      id: `${model.member.id}-${index}`,
      name: `${model.member.name}${suffix}`,
    };
    return { ...model, member };
  });
  return { ...library, personas };
}
