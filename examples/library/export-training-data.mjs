// Runs two debates and writes what was said as training data, checked: node export-training-data.mjs FOLDER
import { checkDataset, defaultFilters, exportDataset, listRuns, runDebate } from 'parley-debate';

const [out = 'dataset'] = process.argv.slice(2);
const transcripts = 'transcripts';
for (const seed of [1, 2]) await (await runDebate({ rounds: 1, seed, transcripts })).result();

for await (const { run, ok, summary } of listRuns({ transcripts })) {
  if (ok) console.log(`${run}: ${summary?.turns} turns, ended as ${summary?.ending}`);
}
const { counts } = await exportDataset({
  transcripts,
  out,
  formats: ['sft', 'transcript'],
  // Words of the simulator are made up; they are taken here so that the example needs no key.
  filters: { ...defaultFilters, includeSimulated: true, nearDuplicates: null },
});
console.log(counts.rows);
const { rows, total } = await checkDataset(out);
console.log(`${rows} rows checked, ${total} faults.`);
