import type { ChatMessage } from '../debate/calls.ts';
import { remembering } from '../text/memo.ts';
import { answerFor } from './answering.ts';
import { openingFor, statementFor, steeringFor } from './chair.ts';
import { factsFor, usesFor } from './fact-calls.ts';
import { caucusFor, conveneFor } from './in-private.ts';
import { judgementFor, offersFor } from './judging.ts';
import { asksForNotes, notesFor } from './notes.ts';
import { type Prompt, parseConversation, parseSetting, type Setting, systemOf } from './parse-prompt.ts';
import { rewritingFor } from './rewriting.ts';
import { type Scene, stageOf } from './scene.ts';
import { bidFor, pickFor, pollFor } from './side-calls.ts';
import { reportFor, speechFor } from './speech.ts';

/**
 * The simulator's whole reply to a prompt. It depends on the messages and the seed alone: the same give the same
 * bytes. A prompt that is not one of parley's gets a short reply that says what it is talking to.
 */
export function replyTo(messages: readonly ChatMessage[], seed: number): string {
  const system = systemOf(messages);
  const conversation = parseConversation(messages);
  if (conversation.task?.kind === 'rewrite') return rewritingFor(messages, seed);
  // A judge sees the agenda in another order each time and needs no stage.
  const isJudge = ['judge', 'trace', 'offers'].includes(conversation.task?.kind ?? '');
  const setting = isJudge ? parseSetting(system) : settingFor(system);
  const prompt = { ...setting, ...conversation };
  const reply = prompt.agenda.length === 0 || !prompt.task ? null : replyToTask(prompt, setting, seed);
  return reply ?? foreign(prompt);
}

/** A speaker's calls in a debate share one setting, and a scenario's debates theirs. What is kept never changes a reply. */
const mostSettings = 64;
const settingFor = remembering(mostSettings, parseSetting);
const stageFor = remembering(mostSettings, stageOf);

function replyToTask(prompt: Prompt, setting: Setting, seed: number): string | null {
  const { persona, task } = prompt;
  if (task?.kind === 'trace') return JSON.stringify(usesFor(prompt));
  if (task?.kind === 'judge') return JSON.stringify(judgementFor(prompt, seed));
  if (task?.kind === 'offers') return JSON.stringify(offersFor(prompt));
  const scene: Scene = { ...stageFor(setting), prompt };
  switch (task?.kind) {
    case 'open':
      return openingFor(scene, seed);
    case 'speak':
      if (!persona) return null;
      if (task.attributes['as'] === 'report') return reportFor(scene, persona, seed);
      return [
        asksForNotes(prompt) ? `${notesFor(scene, persona, seed)}\n\n` : '',
        speechFor(scene, persona, seed),
      ].join('');
    case 'extract':
      return JSON.stringify(factsFor(scene, seed));
    case 'steer':
      return steeringFor(scene, seed);
    case 'pick':
      return JSON.stringify(pickFor(scene, seed));
    case 'convene':
      return JSON.stringify(conveneFor(scene, seed));
    case 'caucus':
      return persona ? caucusFor(scene, persona, seed) : null;
    case 'bid':
      return persona ? JSON.stringify(bidFor(scene, persona, seed)) : null;
    case 'poll':
      return persona ? JSON.stringify(pollFor(scene, persona, seed)) : null;
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
