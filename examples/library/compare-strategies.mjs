// Runs every debate of a plan and says which strategy does better: node compare-strategies.mjs PLAN.yaml
import { compare } from 'parley-debate';

const [plan = new URL('../steelman.yaml', import.meta.url).pathname] = process.argv.slice(2);
const { comparison, batch } = await compare({
  plan,
  model: 'simulator',
  transcripts: 'transcripts',
  onDebate: (debate, { state }) => console.log(`${debate}: ${state}`),
});
console.log(`${batch.done} of ${batch.planned} debates are done.`);
for (const pair of comparison.pairs) console.log(pair.verdict);
