import { counted, decimal } from '../text/figures.ts';
import { type CastMember, type ModelUse, mostSamples } from './setup.ts';
import type { Convergence } from './verdict.ts';

/** The role under which the first judge's model stands in a debate's models. */
export const judgeRole = 'judge';

/** The roles of so many judges: `judge`, `judge-2`, `judge-3` and so on. */
export function judgeRoles(count: number): string[] {
  return Array.from({ length: count }, (_, place) => (place === 0 ? judgeRole : `${judgeRole}-${place + 1}`));
}

/** The place of a judge's role, from 1; null for any other role. */
export function judgeNumber(role: string): number | null {
  const [, number] = /^judge(?:-([2-9]|[1-9]\d+))?$/.exec(role) ?? [];
  if (role === judgeRole) return 1;
  return number === undefined ? null : Number(number);
}

/** The roles of all judges of a debate, in their order; the first is always among them. */
export function judgesOf(models: Readonly<Record<string, unknown>>): string[] {
  return judgeRoles(Math.max(1, ...Object.keys(models).map((role) => judgeNumber(role) ?? 1)));
}

/**
 * The judge that reads a sample. Judges take turns; where their number is even the turns shift by one after each pass, or else a judge
 * would always see the scale the same way up.
 */
export function judgeOfSample<Judge>(judges: readonly Judge[], sample: number): Judge | undefined {
  const shift = judges.length % 2 === 0 ? Math.floor(sample / judges.length) : 0;
  return judges[(sample + shift) % judges.length];
}

/** Readings after a round: as many as asked, and at least one of each judge. */
export function samplesFor(asked: number, judges: number): number {
  return Math.max(asked, Math.min(judges, mostSamples));
}

/**
 * The models that read positions and speak in the same debate, without their settings. A model may favour its own words
 * (Panickssery and others 2024, arXiv:2404.13076). The simulator is left out: it is no language model, and labelled so already.
 */
export function judgesThatSpeak(
  models: Readonly<Record<string, ModelUse>>,
  cast: readonly Pick<CastMember, 'id'>[],
): string[] {
  const nameOf = (role: string) => {
    const use = models[role];
    return use === undefined || use.simulated ? [] : [modelName(use.spec)];
  };
  const speaking = new Set(cast.flatMap(({ id }) => nameOf(id)));
  return [...new Set(judgesOf(models).flatMap(nameOf))].filter((name) => speaking.has(name));
}

/** A model by its provider and name, without the address of its server and its settings. */
export function modelName(spec: string): string {
  return spec.replace(/@https?:\/\/.*$|#.*$/s, '');
}

/**
 * What stands behind an interval, a sentence each: what its readers are taken to be off by, what several of them are worth, and which of
 * them also speak. Readings made before these were kept have fewer.
 */
export function readerSentences(
  { error, judges = 1, votes = judges }: Convergence['judge'],
  alsoSpeaks: readonly string[],
): string[] {
  return [
    ...(error ? [errorSentence(error, judges)] : []),
    ...(error?.noise === undefined
      ? []
      : [
          `One reading cannot show how far readings scatter: ${decimal(error.noise)} points are taken${error.basis === 'default' ? ' by default' : ''}.`,
        ]),
    ...(judges > 1
      ? [
          `${judges} judges share the readings. Judges make the same mistakes so often that these are worth about ${votes.toFixed(1)} independent votes.`,
        ]
      : []),
    ...alsoSpeaks.map(
      (name) => `${name} reads the positions and also speaks here: a model may favour its own words.`,
    ),
  ];
}

function errorSentence(
  { points, basis, transcripts, labels }: NonNullable<Convergence['judge']['error']>,
  judges: number,
): string {
  if (basis === 'default') {
    const who = judges > 1 ? 'not all of these judges were' : 'this judge was never';
    return `The interval holds a default error of ${decimal(points)} points: ${who} validated.`;
  }
  const labelled = labels === 0 ? '' : `, ${counted(labels, 'label')} by people`;
  const whose = judges > 1 ? 'the measured error of the worst reader' : 'the reader’s measured error';
  return `The interval holds ${whose} (${decimal(points)} points, ${counted(transcripts, 'transcript')}${labelled}).`;
}
