import type { Issue, RedLine } from '../debate/agenda.ts';
import { moderatorId } from '../debate/events.ts';
import { rememberingFor } from '../text/memo.ts';
import { type Influence, nextPosition } from './opinion-model.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Heard } from './parse-prompt.ts';
import { givesReason } from './reasons.ts';
import type { Scene } from './scene.ts';
import { standReader } from './stand-reader.ts';

/** Another speaker's stand on one issue, as read from its turns. */
export interface OtherStand {
  name: string;
  isPrincipal: boolean;
  /** Where it was first read, and where it is now. */
  first: number;
  position: number;
  quote: string;
  turn: number;
  /** Statements it has made on the issue. */
  reasons: number;
}

/** Why the speaker's own position is no longer what it last said. */
interface Move {
  from: number;
  to: number;
  /** Whose words weighed most, where anybody's did. */
  because: OtherStand | null;
}

/** Where the speaker and everybody else stand at this point of the debate. */
export interface Standing {
  /** Own position by issue, in half points, within the red lines. */
  own: Map<string, number>;
  /** The same before rounding, as the opinion model has it. */
  exact: ReadonlyMap<string, number>;
  /** What the speaker itself last said, and in which of its turns (counted from 0). */
  stated: Map<string, { position: number; ownTurn: number }>;
  others: Map<string, OtherStand[]>;
  moves: Map<string, Move>;
  /** Red lines that keep the speaker from going further. */
  stops: Map<string, RedLine>;
  ownTurns: number;
}

/** Position on issues for which a persona declares none. */
const openStart = 3;

/** Replays the debate in the prompt: each time the speaker spoke, its positions moved by the rule of `nextPosition`. */
export function standingOf({ prompt }: Scene, persona: PromptPersona): Standing {
  const parties = new Set(prompt.cast.map(({ name }) => name));
  const principals = new Set(prompt.cast.filter(({ isPrincipal }) => isPrincipal).map(({ name }) => name));
  const isParty = (turn: Heard) =>
    turn.isOwn || (turn.speaker !== moderatorId && (parties.size === 0 || parties.has(turn.name)));
  const reader = standReader(prompt.agenda, [...parties, persona.name]);
  const exact = new Map(prompt.agenda.map((issue) => [issue.id, openingOn(issue.id, persona)]));
  const standing: Standing = {
    own: new Map(),
    exact,
    stated: new Map(),
    others: new Map(prompt.agenda.map((issue) => [issue.id, []])),
    moves: new Map(),
    stops: new Map(),
    ownTurns: 0,
  };
  const settle = () => moveAll(prompt.agenda, persona, standing, exact);
  for (const turn of prompt.heard.filter(isParty)) {
    if (turn.isOwn) settle();
    const speaker = turn.isOwn ? persona.name : turn.name;
    const issues = reader.take({ turn: turn.turn, speaker, text: turn.text });
    if (turn.isOwn) {
      for (const issue of issues) {
        standing.stated.set(issue, {
          position: standing.own.get(issue) ?? openStart,
          ownTurn: standing.ownTurns,
        });
      }
      standing.ownTurns += 1;
    } else {
      for (const issue of issues) {
        const reading = reader.standOf(speaker, issue);
        if (!reading) continue;
        const heard = { ...reading, name: speaker, isPrincipal: principals.has(speaker) };
        if (givesReason(prompt.agenda, turn.text)) hearStand(standing, heard);
        else hearClaim(standing, heard, persona.openness, exact.get(issue) ?? openStart);
      }
    }
  }
  settle();
  return standing;
}

/** Where a persona begins, within its red lines. */
export function openingOn(issue: string, persona: PromptPersona): number {
  const line = lineOn(issue, persona);
  return Math.min(line.max, Math.max(line.min, persona.opening.get(issue) ?? openStart));
}

/** The share of its openness that a listener has for a stand without a reason. */
const conformity = 0.5;

/**
 * A stand for which nothing is said is heard as a claim: it moves what is known of its speaker by a half of the listener's
 * openness, from where that speaker stood, or from the listener itself where it was not heard before; and it is no argument.
 */
function hearClaim(
  standing: Standing,
  heard: Omit<OtherStand, 'first' | 'reasons'> & { issue: string },
  openness: number,
  present: number,
): void {
  const stands = standing.others.get(heard.issue) ?? [];
  const known = stands.find(({ name }) => name === heard.name);
  const { issue, ...stand } = heard;
  const before = known?.position ?? present;
  const position = before + conformity * openness * (stand.position - before);
  const now = { ...stand, position, first: known?.first ?? position, reasons: known?.reasons ?? 0 };
  standing.others.set(issue, [...stands.filter((other) => other !== known), now]);
}

function hearStand(
  standing: Standing,
  heard: Omit<OtherStand, 'first' | 'reasons'> & { issue: string },
): void {
  const stands = standing.others.get(heard.issue) ?? [];
  const known = stands.find(({ name }) => name === heard.name);
  const { issue, ...stand } = heard;
  const now = { ...stand, first: known?.first ?? stand.position, reasons: (known?.reasons ?? 0) + 1 };
  standing.others.set(issue, [...stands.filter((other) => other !== known), now]);
}

function moveAll(
  agenda: readonly Issue[],
  persona: PromptPersona,
  standing: Standing,
  exact: Map<string, number>,
): void {
  for (const issue of agenda) {
    const present = exact.get(issue.id) ?? openStart;
    const others = standing.others.get(issue.id) ?? [];
    const line = lineOn(issue.id, persona);
    const step = nextPosition({
      opening: openingOn(issue.id, persona),
      present,
      openness: persona.openness,
      isPrincipal: persona.isPrincipal,
      line,
      influences: others.map((other): Influence => ({ ...other })),
    });
    exact.set(issue.id, step.position);
    const rounded = inHalves(step.position, line);
    standing.own.set(issue.id, rounded);
    if (step.isStopped && line.redLine) standing.stops.set(issue.id, line.redLine);
    else standing.stops.delete(issue.id);
    const said = standing.stated.get(issue.id)?.position ?? openingOn(issue.id, persona);
    if (Math.abs(said - rounded) < 0.5) standing.moves.delete(issue.id);
    else
      standing.moves.set(issue.id, {
        from: said,
        to: rounded,
        because: strongestPull(others, said, rounded),
      });
  }
}

function strongestPull(others: readonly OtherStand[], from: number, to: number): OtherStand | null {
  const pull = (other: OtherStand) =>
    (other.position - from) * Math.sign(to - from) + Math.abs(other.position - other.first);
  const pullers = others.filter((other) => (other.position - from) * Math.sign(to - from) > 0);
  return pullers.sort((one, other) => pull(other) - pull(one))[0] ?? null;
}

/** Half points, rounded inwards where rounding would cross a red line. */
export function inHalves(position: number, line: { min: number; max: number }): number {
  const rounded = Math.round(position * 2) / 2;
  if (rounded < line.min) return Math.ceil(line.min * 2) / 2;
  return rounded > line.max ? Math.floor(line.max * 2) / 2 : rounded;
}

/** Within which a persona stays on an issue, and the red line that keeps it there. */
interface Bounds {
  min: number;
  max: number;
  redLine: RedLine | null;
}

const unbounded: Bounds = { min: 0, max: 6, redLine: null };

const boundsOf = rememberingFor((persona: PromptPersona) => {
  const bounds = new Map<string, Bounds>();
  for (const line of persona.redLines) {
    const { min, max, redLine } = bounds.get(line.issue) ?? unbounded;
    bounds.set(line.issue, {
      min: Math.max(min, line.min),
      max: Math.min(max, line.max),
      redLine: redLine ?? line,
    });
  }
  return bounds;
});

export function lineOn(issue: string, persona: PromptPersona): Bounds {
  return boundsOf(persona).get(issue) ?? unbounded;
}
