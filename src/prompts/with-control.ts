import type { ControlPrompts, Persona, PromptSet } from './types.ts';

/** What a control makes of the prompts of a debate; the files are left to whoever loads or keeps them. */
export function underControl(set: PromptSet, control: ControlPrompts): PromptSet {
  const { persona, ...sections } = control.sections;
  const { scenario, strategy } = set;
  return {
    ...set,
    control,
    strategy: { ...strategy, sections: { ...strategy.sections, ...sections } },
    scenario: { ...scenario, personas: seats(scenario.personas, control.id, persona) },
  };
}

function seats(
  personas: readonly Persona[],
  control: ControlPrompts['id'],
  text: string | undefined,
): Persona[] {
  if (text !== undefined) return personas.map((seat) => withoutStand(seat, text));
  const player = personas.find(({ member }) => member.principal) ?? personas[0];
  return control === 'same-persona' && player
    ? personas.map((seat) => playedBy(seat, player))
    : [...personas];
}

/** The seat keeps its name and whether it could sign; all that it wants is the player's. */
function playedBy({ member }: Persona, { member: own, openness, body }: Persona): Persona {
  return { member: { ...member, redLines: own.redLines, opening: own.opening }, openness, body };
}

/** Headings of the text stand one level deeper in the control's file than in a persona's. */
function withoutStand({ member }: Persona, text: string): Persona {
  return {
    member: { ...member, redLines: [], opening: {} },
    openness: 0,
    body: text.replace(/^##(?=#)/gm, '#'),
  };
}
