import { parseModelSpec } from '../models/model-spec.ts';
import { defaultSettings } from '../run/prepare.ts';
import { judgeNamedTwice } from '../run/role-models.ts';
import type { FileReport } from '../source/source-fault.ts';
import type { YamlSource } from '../source/yaml-source.ts';
import { orKnown } from '../text/near-names.ts';
import { defaultAims, measureIds } from './comparison-aims.ts';
import { articleNamed, castOrderText, castOrderWords, ownArticle, parseCastOrder } from './plan.ts';
import type { PlanFile } from './plan-schema.ts';

/** A plan file whose shape is right, where to find its lines, and whom to tell. */
interface Checked {
  file: PlanFile;
  source: YamlSource;
  report: FileReport;
}

/** Everything that can be wrong in a plan without looking at any other file. */
export function checkPlan(file: PlanFile, source: YamlSource, report: FileReport): void {
  const checked = { file, source, report };
  checkDoubles(checked);
  checkModels(checked);
  checkArms(checked);
  checkArticles(checked);
  checkCastOrders(checked);
  checkCount(checked);
  checkMeasures(checked);
  checkAims(checked);
}

type Path = readonly (string | number)[];

function fault({ source, report }: Checked, path: Path, message: string): void {
  report.fault(source.lineOf(path), message);
}

function checkDoubles(checked: Checked): void {
  const { file } = checked;
  const lists: [key: string, entries: string[], noun: string][] = [
    ['arms', file.arms.map((arm) => arm.id), 'arm'],
    ['scenarios', file.scenarios, 'scenario'],
    ['articles', (file.articles ?? []).map(articleNamed), 'article'],
    ['castOrders', (file.castOrders ?? []).map((order) => [order].flat().join(' ')), 'cast order'],
  ];
  for (const [key, entries, noun] of lists) {
    for (const [index, entry] of entries.entries()) {
      if (entries.indexOf(entry) === index) continue;
      fault(checked, [key, index], `the ${noun} "${entry}" appears twice`);
    }
  }
}

function checkModels(checked: Checked): void {
  const { file } = checked;
  const judges = judgesIn(file);
  const twice = judgeNamedTwice(judges.map(([, spec]) => spec));
  if (twice !== null) fault(checked, ['judge'], twice);
  const places: [path: Path, spec: string | undefined][] = [
    [['model'], file.model],
    ...judges,
    ...Object.entries(file.models ?? {}).map(([role, spec]): [Path, string] => [['models', role], spec]),
  ];
  for (const [index, arm] of file.arms.entries()) {
    places.push([['arms', index, 'model'], arm.model]);
    for (const [role, spec] of Object.entries(arm.models ?? {})) {
      places.push([['arms', index, 'models', role], spec]);
    }
  }
  for (const [path, spec] of places) {
    const read = spec === undefined ? null : parseModelSpec(spec);
    if (read && !read.ok) fault(checked, path, read.failure.message);
    if (path.at(-2) === 'models' && path.at(-1) === 'judge') {
      fault(
        checked,
        path,
        'the judge is the same for every arm; name it once, as "judge:" at the top of the plan',
      );
    }
  }
}

function judgesIn({ judge = [] }: PlanFile): [path: Path, spec: string][] {
  if (typeof judge === 'string') return [[['judge'], judge]];
  return judge.map((spec, index) => [['judge', index], spec]);
}

function checkArms(checked: Checked): void {
  const { file } = checked;
  if (file.seedPer === 'arm') return;
  const kinds = file.arms.map(({ id, ...kind }) => JSON.stringify(Object.entries(kind).sort()));
  for (const [index, kind] of kinds.entries()) {
    const twin = kinds.indexOf(kind);
    if (twin === index) continue;
    fault(
      checked,
      ['arms', index],
      `the arms "${file.arms[twin]?.id}" and "${file.arms[index]?.id}" differ only in name and would run the same debates; ` +
        'to compare an arm with itself, set "seedPer: arm"',
    );
  }
}

function checkArticles(checked: Checked): void {
  for (const [index, article] of (checked.file.articles ?? []).entries()) {
    const sources = [article].flat();
    for (const [place, source] of sources.entries()) {
      const path = Array.isArray(article) ? ['articles', index, place] : ['articles', index];
      if (source === '-')
        fault(
          checked,
          path,
          'a plan can be run again, so it cannot read standard input; save the article as a file',
        );
      if (source === ownArticle && sources.length > 1)
        fault(
          checked,
          path,
          `"${ownArticle}" is no source of a dossier; name the scenario's article by its file`,
        );
      if (sources.indexOf(source) < place) fault(checked, path, `the dossier names "${source}" twice`);
    }
  }
}

function checkCastOrders(checked: Checked): void {
  for (const [index, order] of (checked.file.castOrders ?? []).entries()) {
    const path = ['castOrders', index];
    if (typeof order === 'string') {
      if (parseCastOrder(order) === null) {
        const known = orKnown(order, castOrderWords);
        fault(checked, path, `"${order}" is no cast order${known}; or list the personas: [one, other]`);
      }
    } else if (new Set(order).size < order.length) {
      const text = castOrderText({ kind: 'listed', personas: order });
      fault(checked, path, `the cast order "${text}" names a persona twice`);
    }
  }
}

function checkCount(checked: Checked): void {
  const { count, repeats, arms } = checked.file;
  if (count === undefined) return;
  if (repeats !== undefined) {
    fault(checked, ['count'], '"count" and "repeats" both say how many debates; keep one of them');
  }
  if (count % arms.length !== 0) {
    const nearest = Math.max(1, Math.round(count / arms.length)) * arms.length;
    fault(
      checked,
      ['count'],
      `a cell is run by each of the ${arms.length} arms, and ${count} is not a multiple of that; try ${nearest}`,
    );
  }
}

function checkMeasures(checked: Checked): void {
  const { primary, guards, margins, smallest } = checked.file.compare ?? {};
  const names: [path: Path, name: string][] = [
    ...(primary ?? []).map((name, index): [Path, string] => [['compare', 'primary', index], name]),
    ...(guards ?? []).map((name, index): [Path, string] => [['compare', 'guards', index], name]),
    ...Object.keys(margins ?? {}).map((name): [Path, string] => [['compare', 'margins', name], name]),
    ...Object.keys(smallest ?? {}).map((name): [Path, string] => [['compare', 'smallest', name], name]),
  ];
  for (const [path, name] of names) {
    if (!(measureIds as readonly string[]).includes(name)) {
      fault(checked, path, `there is no measure "${name}"${orKnown(name, measureIds)}`);
    }
  }
}

function checkAims(checked: Checked): void {
  const { file } = checked;
  const aims = file.compare;
  if (!aims) return;
  const ids = file.arms.map((arm) => arm.id);
  if (aims.against !== undefined && !ids.includes(aims.against)) {
    fault(checked, ['compare', 'against'], `there is no arm "${aims.against}"${orKnown(aims.against, ids)}`);
  }
  const rounds = file.debate?.rounds ?? defaultSettings.rounds;
  if (aims.within !== undefined && aims.within > rounds) {
    fault(
      checked,
      ['compare', 'within'],
      `no debate has ${aims.within} rounds; "debate.rounds" is ${rounds}`,
    );
  }
  for (const [key, list] of Object.entries({ primary: aims.primary ?? [], guards: aims.guards ?? [] })) {
    for (const [index, name] of list.entries()) {
      if (list.indexOf(name) < index) fault(checked, ['compare', key, index], `"${name}" appears twice`);
    }
  }
  checkGuards(checked);
}

function checkGuards(checked: Checked): void {
  const { primary, guards, margins } = checked.file.compare ?? {};
  const known: Record<string, number | undefined> = { ...defaultAims(1).margins, ...margins };
  for (const [index, name] of (guards ?? []).entries()) {
    const path = ['compare', 'guards', index];
    if (primary?.includes(name))
      fault(checked, path, `"${name}" is already primary; a guard must be another measure`);
    const isMeasure = (measureIds as readonly string[]).includes(name);
    if (isMeasure && known[name] === undefined) {
      fault(checked, path, `a guard needs the largest loss it allows; set "compare.margins.${name}"`);
    }
  }
}
