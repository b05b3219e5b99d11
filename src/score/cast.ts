import { moderatorId } from '../debate/events.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { CastMember } from '../debate/setup.ts';
import { identifierOf, shortName } from '../text/identifiers.ts';
import { type ForeignTurn, sameName } from './foreign-turns.ts';

/**
 * The cast of a transcript in order of appearance. A name that is a known member's (its id, name or short name) is that
 * member, with its red lines and opening; any other is a new one. `principals` are names of the principals; null
 * leaves it to the known members.
 */
export function castOf(
  turns: readonly ForeignTurn[],
  known: readonly CastMember[],
  principals: readonly string[] | null,
): Outcome<{ cast: CastMember[]; idOf(speaker: string): string }, 'unknown-principal'> {
  const byName = new Map<string, CastMember>();
  const cast: CastMember[] = [];
  for (const { speaker } of turns) {
    const name = sameName(speaker);
    if (byName.has(name)) continue;
    const own = known.find((member) => namesOf(member).includes(name));
    const member = cast.find(({ id }) => id === own?.id) ?? own ?? newMember(speaker, [...known, ...cast]);
    byName.set(name, member);
    if (!cast.includes(member)) cast.push(member);
  }
  const named = (principals ?? []).map((name) => ({
    name,
    member: cast.find((member) => namesOf(member).includes(sameName(name))),
  }));
  const stranger = named.find(({ member }) => member === undefined);
  if (stranger) {
    const names = cast.map(({ name }) => name).join(', ');
    return failure('unknown-principal', `Nobody here is called "${stranger.name}". Speakers: ${names}.`);
  }
  const signs = (member: CastMember) =>
    principals === null ? member.principal : named.some((one) => one.member === member);
  const idOf = (speaker: string) => byName.get(sameName(speaker))?.id ?? moderatorId;
  return success({ cast: cast.map((member) => ({ ...member, principal: signs(member) })), idOf });
}

function namesOf({ id, name, short }: CastMember): string[] {
  return [id, name, short].map(sameName);
}

function newMember(speaker: string, others: readonly CastMember[]): CastMember {
  const name = speaker.replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim();
  const taken = new Set([moderatorId, 'judge', ...others.map(({ id }) => id)]);
  const base = identifierOf(name, 'speaker');
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
  return { id, name, short: shortName(name), principal: false, redLines: [], opening: {} };
}
