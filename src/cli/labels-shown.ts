import { fold } from '../debate/debate.ts';
import { isPostgresAddress } from '../journal/postgres/address.ts';
import { folderOf } from '../journal/run-folder.ts';
import { shownRun } from '../run/catalogue/find-run.ts';
import { openRuns, readRun } from '../run/catalogue/open-runs.ts';
import type { Controls, ShownShift } from '../terminal/types.ts';
import type { Environment } from './environment.ts';

/** Lets a person at the screen label the quotes of a run, into the file that parley label writes; nothing is opened before that. */
export function labelsShown(folder: string, run: string): Pick<Controls, 'labels'> {
  const place = isPostgresAddress(folder) ? null : folderOf(folder, run);
  if (place === null) return {};
  return {
    labels: {
      async quotes() {
        const { labelCases, openLabels } = await import('../score/labels.ts');
        const stored = await readRun(folder, run);
        if (!stored.ok) return stored.failure.message;
        const debate = fold(stored.value.events);
        if (!debate?.verdicts.length) return 'no positions have been read yet; they are after each round';
        const labels = openLabels(place);
        if (!labels.ok) return labels.failure.message;
        labels.value.close();
        return labelCases(debate, labels.value.entries).map(({ speaker, issue, turn, quote, label }) => ({
          ...{ speaker, issue: issue.id, turn, quote },
          ...(label ? { position: label.position } : {}),
        }));
      },
      async keep({ speaker, issue, turn, quote }, position) {
        const { labelOf, openLabels } = await import('../score/labels.ts');
        const labels = openLabels(place);
        if (!labels.ok) return labels.failure.message;
        try {
          await labels.value.append(
            labelOf({ speaker, issue: { id: issue }, turn, quote }, position, Date.now()),
          );
          return null;
        } finally {
          labels.value.close();
        }
      },
    },
  };
}

/**
 * What is stored of why a run's positions changed, for its screen; where a change is unexplained, the command that
 * explains it and what that takes. Asks no model and spends nothing. A sentence where there is nothing to show.
 */
export async function whyShown(
  folder: string,
  run: string,
  { variables, workingDirectory }: Environment,
): Promise<readonly ShownShift[] | string> {
  const { chooseRoleModels } = await import('../run/role-models.ts');
  const { openWhy } = await import('../why/why-of-run.ts');
  const { explanationsOf, storedWhy } = await import('../why/explanations.ts');
  const { blockOf, estimateInWords } = await import('../report/why-text.ts');
  const stored = await readRun(folder, run);
  if (!stored.ok) return stored.failure.message;
  const debate = fold(stored.value.events);
  const runs = await openRuns(folder);
  if (!runs.ok || !debate) return `${run} cannot be read`;
  const { store, close } = runs.value;
  try {
    const usual = { shifts: [], issue: null, repeats: 5, otherMouth: false, sentences: 0, judgeSamples: 1 };
    const opened = await openWhy(
      { store, name: run },
      { ...usual, budgetUsd: null, concurrency: 1 },
      (personas, before) =>
        chooseRoleModels({
          ...{ personas, before, models: [], finds: false, probes: false, cache: null },
          settings: { environment: variables, folder: workingDirectory },
        }),
    );
    if (!opened.ok) return opened.failure.message;
    const explanations = storedWhy(folder, run, debate) ?? explanationsOf(debate, []);
    return explanations.map((one) => {
      const lines = blockOf(debate, one);
      const command = `parley why ${shownRun(folder, run)} --shift ${one.number}`;
      const asking = `  ${command} asks for it: ${estimateInWords(opened.value.estimateOf(one.shift))}.`;
      return { turn: one.shift.turn, lines: one.causes || !one.counterpart ? lines : [...lines, asking] };
    });
  } finally {
    await close();
  }
}
