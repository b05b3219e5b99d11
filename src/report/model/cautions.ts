import { retractionsAfter } from '../../debate/debate.ts';
import { breakPhrase } from '../../debate/phrases.ts';
import { type OwnLineCrossed, ownLinesCrossed } from '../../debate/red-lines.ts';
import { percent, position } from '../../text/figures.ts';
import { listed } from '../../text/wording.ts';
import { issueTitle, personOf, type Subject, type SubjectVerdict } from './subject.ts';

/** Something about one verdict that a reader must know before believing its number. */
export interface Warning {
  kind: 'own-line' | 'role-break' | 'failed' | 'no-number' | 'low-confidence' | 'hollow' | 'retraction';
  text: string;
}

export function warningsOf(subject: Subject, verdict: SubjectVerdict): Warning[] {
  const { convergence } = verdict;
  if (!convergence) {
    return [
      { kind: 'failed', text: `The positions could not be read, so there is no number. ${verdict.failure}` },
    ];
  }
  const { coverage, hollow, confidence } = convergence;
  const named = namer(subject);
  const warnings: Warning[] = ownLinesCrossed(convergence).map((line) => ({
    kind: 'own-line',
    text: crossedInWords(subject, line),
  }));
  for (const { speaker, turn, kind, quote } of convergence.roleBreaks ?? []) {
    const who = personOf(subject, speaker).name;
    warnings.push({
      kind: 'role-break',
      text: `${who} left its role in turn ${turn}, ${breakPhrase[kind]}: “${quote}”`,
    });
  }
  if (convergence.principals === null) {
    const read = `${Math.round(coverage * 100)}%`;
    warnings.push({
      kind: 'no-number',
      text: `Positions were read on only ${read} of the agenda’s weight; below 70% there is no number.`,
    });
  }
  if (confidence.level === 'low') {
    for (const reason of confidence.reasons) {
      warnings.push({ kind: 'low-confidence', text: `Low confidence. ${reason}` });
    }
  }
  if (hollow.isHollow) warnings.push({ kind: 'hollow', text: `Hollow agreement. ${named(hollow.why)}` });
  for (const { speaker, issue, from, to, turn } of retractionsAfter(subject.verdicts, verdict.round)) {
    const path = from === null ? `now ${position(to)}` : `${position(from)} to ${position(to)}`;
    const who = personOf(subject, speaker).name;
    warnings.push({
      kind: 'retraction',
      text: `${who} went back on ${issueTitle(subject, issue)} (${path}) in turn ${turn}.`,
    });
  }
  return warnings;
}

/** The warnings of all verdicts; one that stands for several rounds is given once. */
export function warningsByRounds(subject: Subject): (Warning & { rounds: number[] })[] {
  const known = new Map<string, Warning & { rounds: number[] }>();
  for (const verdict of subject.verdicts) {
    for (const warning of warningsOf(subject, verdict)) {
      const rounds = known.get(warning.text)?.rounds ?? [];
      known.set(warning.text, { ...warning, rounds: [...rounds, verdict.round] });
    }
  }
  return [...known.values()];
}

/** "Round 2", "Rounds 1 and 2" */
export function roundsNamed(rounds: readonly number[]): string {
  return `${rounds.length === 1 ? 'Round' : 'Rounds'} ${listed(rounds.map(String))}`;
}

/** A red line of its own that a persona crossed, in one sentence. */
export function crossedInWords(subject: Subject, line: OwnLineCrossed): string {
  const place = line.turn === null ? '' : ` in turn ${line.turn}`;
  return `${personOf(subject, line.speaker).name} crossed its own red line on ${issueTitle(subject, line.issue)}${place}: it stands at ${position(line.position)} and declares ${position(line.min)} to ${position(line.max)}.`;
}

/** How far the principals are from what each of them could accept; `share` of them have their red lines kept by the others. */
export function acceptanceInWords(share: number | null): string {
  if (share === null) return 'No position was read on which somebody declares a red line.';
  if (share === 0) return 'Every principal still faces a position beyond one of its red lines.';
  if (share === 1) return 'No position of the others lies beyond a principal’s red line.';
  return `${percent(share)} of the principals face no position beyond a red line of theirs.`;
}

/** Puts people's names and issue titles where a sentence made by code has their ids. */
export function namer(subject: Subject): (sentence: string) => string {
  const names = new Map([
    ...subject.agenda.map(({ id, title }): [string, string] => [id, title]),
    ...subject.cast.map(({ id, name }): [string, string] => [id, name]),
  ]);
  const ids = [...names.keys()].sort((one, other) => other.length - one.length);
  if (ids.length === 0) return (sentence) => sentence;
  const pattern = new RegExp(`(?<![\\w-])(?:${ids.join('|')})(?![\\w-])`, 'g');
  return (sentence) => sentence.replace(pattern, (id) => names.get(id) ?? id);
}

export const factsMeaning =
  'Facts are statements of the article, quoted from it by issue. After each round a model names the speeches that use one, by their words, and code looks the words up. A fact is alive while it was cited or used within the last two rounds; it is forgotten once it was not, and contradicted where the last that was said of it is that it is not so.';
