import type { PromptSet } from '../prompts/types.ts';

/** One text that a prompt is made of, under a name that is the same in every arm. */
export interface PromptPart {
  name: string;
  text: string;
}

/** The texts of a prompt set by what they are for, so that those of two arms can be laid side by side. */
export function promptParts({ strategy, moderator, scenario }: PromptSet): PromptPart[] {
  const settings = `notes: ${strategy.notes}\nminimum grounding: ${strategy.minimumGrounding ?? 'none'}${strategy.strictRole ? '\nstrict role: yes' : ''}`;
  return [
    { name: 'Strategy: settings', text: settings },
    ...Object.entries(strategy.sections).map(([name, text]) => ({ name: `Strategy: ${name}`, text })),
    ...Object.entries(moderator).flatMap(([name, { body, sections }]) => [
      { name: `Moderator: ${name}`, text: body },
      ...Object.entries(sections).map(([part, text]) => ({ name: `Moderator: ${name}, ${part}`, text })),
    ]),
    ...scenario.personas.map(({ member, body }) => ({ name: `Persona: ${member.name}`, text: body })),
  ].filter((part) => part.text.trim() !== '');
}
