// Gives one persona a model of its own, written with LangChain: node custom-model.mjs
// Needs @langchain/core, of whichever version; parley itself does not.
import { SimpleChatModel } from '@langchain/core/language_models/chat_models';
import { runDebate } from 'parley-debate';

/** Says the same whatever it is asked. */
class Stubborn extends SimpleChatModel {
  _llmType() {
    return 'stubborn';
  }

  async _call() {
    return 'Sanctions stay until the last centrifuge is gone [P1]. There is nothing to add.';
  }
}

const debate = await runDebate({
  model: 'simulator',
  models: { 'state-department': new Stubborn({}) },
  rounds: 1,
  seed: 7,
});
const { turns, models } = await debate.result();
console.log(`The state department is played by ${models['state-department']?.spec}.`);
for (const { speaker, text } of turns.filter(({ kind }) => kind === 'speech')) {
  console.log(`\n[${speaker}] ${text}`);
}
