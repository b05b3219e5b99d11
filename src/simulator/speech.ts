import { readLexically } from '../convergence/lexical/read-lexically.ts';
import { seededRandom } from '../debate/seeded-random.ts';
import { wordCount } from './casing.ts';
import { composeSpeech } from './compose.ts';
import { forDraft, memoryOf } from './memory.ts';
import type { PromptPersona } from './parse-persona.ts';
import { issuePriority } from './priority.ts';
import type { Scene } from './scene.ts';
import { type Standing, standingOf } from './standing.ts';
import { agendaOf } from './target.ts';

const drafts = 4;

/**
 * A speech for the present moment of the debate. Several drafts are written, and the one kept is that which says most
 * clearly what it means: whose stands, read back by the lexical reader, lie nearest to the positions held, and whose
 * length suits.
 */
export function speechFor(scene: Scene, persona: PromptPersona, seed: number): string {
  const standing = standingOf(scene, persona);
  const memory = memoryOf(scene.prompt.heard);
  const priority = issuePriority(scene, persona, standing, memory);
  const occasion = { standing, priority, agenda: agendaOf(scene, persona, priority) };
  let best: { text: string; faults: number } | null = null;
  for (let draft = 0; draft < drafts; draft++) {
    const random = seededRandom(seed, 'speech', persona.id, scene.prompt.heard.length, draft);
    const text = composeSpeech(scene, persona, occasion, forDraft(memory), random);
    const faults = faultsOf(text, scene, persona, standing);
    if (!best || faults < best.faults - 0.01) best = { text, faults };
    if (best.faults === 0) break;
  }
  return best?.text ?? '';
}

function faultsOf(text: string, scene: Scene, persona: PromptPersona, standing: Standing): number {
  const names = scene.prompt.cast.map(({ name }) => ({ turn: 1, speaker: name, text: '' }));
  const turns = [...names, { turn: 2, speaker: persona.name, text }];
  const readings = readLexically({ issues: scene.prompt.agenda, turns }).filter(
    ({ speaker }) => speaker === persona.name,
  );
  const misread = readings.map(({ issue, position }) =>
    Math.max(0, Math.abs(position - (standing.own.get(issue) ?? position)) - 0.5),
  );
  const words = wordCount(text);
  const length = words < 80 ? (80 - words) / 20 : words > 155 ? (words - 155) / 20 : 0;
  return misread.reduce((sum, miss) => sum + miss, 0) + length;
}
