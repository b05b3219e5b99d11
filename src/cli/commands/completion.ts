import { defineCommand } from '../command.ts';
import { misuse } from '../complain.ts';
import { scenarioPlaces } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';

/** `parley completion`: the script that completes commands, options, runs and scenarios in a shell. */
export const command = defineCommand({
  description:
    'Print the script that completes commands, options, runs and scenarios. bash: parley completion bash > ~/.local/share/bash-completion/completions/parley; zsh: source <(parley completion zsh) in ~/.zshrc; fish: parley completion fish > ~/.config/fish/completions/parley.fish',
  argument: { help: 'bash, zsh or fish' },
  options: {},
  async action({ args: [given = ''], commandLine }, environment) {
    const { completionScript, shells } = await import('../completion-script.ts');
    const shell = shells.find((known) => known === given);
    if (!shell)
      return misuse(environment, `there is no completion for ${given}. Shells: ${shells.join(', ')}.`);
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const { listScenarios } = await import('../../prompts/list-prompts.ts');
    const scenarios = await listScenarios(bundledPrompts(), scenarioPlaces(environment));
    const ids = scenarios.filter(({ isOwn }) => !isOwn).map(({ id }) => id);
    environment.stdout.write(completionScript(shell, await commandLine(), ids));
    return exitCode.done;
  },
});
