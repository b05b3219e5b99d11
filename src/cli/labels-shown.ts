import { fold } from '../debate/debate.ts';
import { isPostgresAddress } from '../journal/postgres/address.ts';
import { folderOf } from '../journal/run-folder.ts';
import { readRun } from '../run/catalogue/open-runs.ts';
import type { Controls } from '../terminal/types.ts';

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
