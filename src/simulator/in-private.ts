import { seededRandom } from '../debate/seeded-random.ts';
import { sentence } from './casing.ts';
import { readPrincipals } from './judging.ts';
import { memoryOf } from './memory.ts';
import { type PromptPersona, selfWords } from './parse-persona.ts';
import type { Scene } from './scene.ts';
import { pollFor } from './side-calls.ts';
import { anchorAt, standWords } from './stance-words.ts';
import { openingOn, standingOf } from './standing.ts';
import { writerOf } from './templates.ts';

const leads = [
  'Between the two of us, and for nobody else: here is what {I} could live with.',
  'Outside this room {I} would not say it first. Here {I} can.',
  'Let {me} be plain while nobody is taking notes.',
];
const returns = [
  'If you come towards {me} on {issue}, {I} can say so at the table.',
  'What {I} need for it is an answer from you on {issue}.',
  'For that {I} would have to hear from you on {issue} first.',
];

/** What a principal offers another in private: where its opinion is going on the two issues that weigh most and on which it would give something. */
export function caucusFor(scene: Scene, persona: PromptPersona, seed: number): string {
  const random = seededRandom(seed, 'caucus', persona.id, scene.prompt.aside.length);
  const standing = standingOf(scene, persona);
  const settled = new Map(
    pollFor(scene, persona, seed).positions.map(({ issue, position }) => [issue, position]),
  );
  const given = (issue: string) => Math.abs((settled.get(issue) ?? 3) - (standing.own.get(issue) ?? 3));
  const issues = [...scene.prompt.agenda].sort(
    (one, other) => given(other.id) * other.weight - given(one.id) * one.weight || other.weight - one.weight,
  );
  const { isEnglish } = scene.setting;
  const writer = writerOf(memoryOf(scene.prompt.heard), random, selfWords(persona), isEnglish);
  const offered = issues.slice(0, 2).flatMap(({ id: issue }) => {
    const position = settled.get(issue) ?? 3;
    const asked = { issue, position, opening: openingOn(issue, persona), isAside: false, noun: 'a text' };
    const words = standWords(scene, asked, random);
    const text = words && isEnglish ? writer.write(words.templates, words.variants) : null;
    return text ?? sentence(`${scene.title(issue)}: ${anchorAt(scene, issue, position)?.text ?? ''}`);
  });
  const wanted = issues[2] ?? issues[0];
  const slots = { issue: scene.title(wanted?.id ?? '') };
  const around = isEnglish ? [writer.write(leads, slots), writer.write(returns, slots)] : [];
  return [around[0], ...offered, around[1]].filter((part) => part).join(' ');
}

/** The moderator lets two talk in private where they stand apart by more than a point and less than the scale. */
export function conveneFor(scene: Scene, seed: number): { caucus: boolean; turns: number; why: string } {
  const random = seededRandom(seed, 'convene', scene.prompt.heard.length);
  const gaps = readPrincipals(scene.prompt).flatMap(({ issue, spread }) =>
    spread === null || spread <= 1 ? [] : [{ issue, spread }],
  );
  const [widest] = gaps.sort((one, other) => other.spread - one.spread);
  if (!widest)
    return { caucus: false, turns: 2, why: 'Little divides them that they could not say at the table.' };
  const title = scene.title(widest.issue.id);
  return {
    caucus: true,
    turns: random() < 0.5 ? 2 : 4,
    why: `On ${title} neither can be seen to move first.`,
  };
}
