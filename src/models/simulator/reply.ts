import type { ChatMessage } from '../../debate/messages.ts';
import { answerFor } from './answering.ts';
import { openingFor, statementFor, steeringFor } from './chairing.ts';
import { judgementFor } from './judging.ts';
import { asksForNotes, notesFor } from './notes.ts';
import { type Prompt, parseConversation, parseSetting, systemOf } from './parse-prompt.ts';
import { type Scene, type Stage, stageOf } from './scene.ts';
import { speechFor } from './speech.ts';
import { bidFor, pickFor } from './taking-turns.ts';

/**
 * The simulator's whole reply to a prompt. It depends on the messages and the seed alone: the same give the same
 * bytes. A prompt that is not one of parley's gets a short reply that says what it is talking to.
 */
export function replyTo(messages: readonly ChatMessage[], seed: number): string {
  const stage = stageFor(systemOf(messages));
  const prompt = { ...stage.setting, ...parseConversation(messages) };
  const reply = prompt.agenda.length === 0 || !prompt.task ? null : replyToTask({ ...stage, prompt }, seed);
  return reply ?? foreign(prompt);
}

/** Stages by system message: a speaker's calls in a debate share one. What a stage keeps never changes a reply. */
const stages = new Map<string, Stage>();
const mostStages = 64;

function stageFor(system: string): Stage {
  const stage = stages.get(system) ?? stageOf(parseSetting(system));
  stages.delete(system);
  stages.set(system, stage);
  const oldest = stages.keys().next().value;
  if (stages.size > mostStages && oldest !== undefined) stages.delete(oldest);
  return stage;
}

function replyToTask(scene: Scene, seed: number): string | null {
  const { prompt } = scene;
  const { persona, task } = prompt;
  switch (task?.kind) {
    case 'open':
      return openingFor(scene, seed);
    case 'speak':
      if (!persona) return null;
      return [
        asksForNotes(prompt) ? `${notesFor(scene, persona, seed)}\n\n` : '',
        speechFor(scene, persona, seed),
      ].join('');
    case 'steer':
      return steeringFor(scene, seed);
    case 'pick':
      return JSON.stringify(pickFor(scene, seed));
    case 'bid':
      return persona ? JSON.stringify(bidFor(scene, persona, seed)) : null;
    case 'judge':
      return JSON.stringify(judgementFor(scene, seed));
    case 'draft':
      return JSON.stringify(statementFor(scene, seed));
    case 'answer':
      return persona ? JSON.stringify(answerFor(scene, persona, seed)) : null;
    default:
      return null;
  }
}

function foreign(prompt: Prompt): string {
  const missing =
    prompt.agenda.length === 0
      ? 'an agenda'
      : prompt.persona
        ? 'a task it knows'
        : 'a persona and a task it knows';
  return `(Simulated reply.) This is parley's built-in simulator, not a language model. It answers only prompts that parley renders for a debate, and this one holds no block with ${missing}.`;
}
