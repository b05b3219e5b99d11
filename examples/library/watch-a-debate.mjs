// Runs a debate on the built-in simulator and prints it as it is said: node watch-a-debate.mjs
import { runDebate } from 'parley-debate';

const debate = await runDebate({ scenario: 'us-dprk-talks', rounds: 2, seed: 7 });
for await (const item of debate) {
  if (item.type === 'turn-started') process.stdout.write(`\n[${item.speaker}] `);
  if (item.type === 'turn-delta') process.stdout.write(item.text);
  if (item.type === 'verdict-given') {
    const index = item.convergence?.principals ?? null;
    console.log(`\n\nRound ${item.round}: C = ${index === null ? 'unknown' : index.toFixed(2)}`);
  }
}
const { ended, turns } = await debate.result();
console.log(`\nEnded after ${turns.length} turns: ${ended?.reason}. ${ended?.detail}`);
