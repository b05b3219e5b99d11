import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { defineCommand, flag } from '../command.ts';
import { misuse } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { scenarioPlaces } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';

/** One thing that can be chosen by its name. */
interface Listed {
  name: string;
  about: string;
}

/** Milliseconds a provider gets to list its models. */
const patienceMs = 3000;

const lists: Record<string, (environment: Environment) => Promise<Listed[]>> = {
  async scenarios(environment) {
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const { listScenarios } = await import('../../prompts/list-prompts.ts');
    const found = await listScenarios(bundledPrompts(), scenarioPlaces(environment));
    return found.map(({ id, scenario, faults, isOwn, folder }) => ({
      name: id,
      about: `${scenario?.title ?? `has ${faults.length} faults: parley check ${id}`}${isOwn ? ` (${folder})` : ''}`,
    }));
  },
  async strategies() {
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const { listStrategies } = await import('../../prompts/list-prompts.ts');
    const found = await listStrategies(bundledPrompts());
    return found.map(({ id, strategy }) => ({ name: id, about: strategy?.summary ?? '' }));
  },
  async models({ variables }) {
    const { probeProviders } = await import('../../models/probe.ts');
    const probes = await probeProviders({ environment: variables, timeoutMs: patienceMs });
    return probes.flatMap(({ provider, models, message }) =>
      models.length === 0
        ? [{ name: provider, about: message }]
        : models.map((model) => ({ name: `${provider}:${model}`, about: '' })),
    );
  },
  async formats() {
    const { formats } = await import('../../dataset/formats/index.ts');
    return formats.map(({ name, use }) => ({ name, about: use }));
  },
};

/** `parley list`: what can be chosen by its name. */
export const command = defineCommand({
  argument: {
    help: 'scenarios, strategies, models (those your keys and servers offer) or formats (of export)',
  },
  options: { json: flag('--json', 'print as JSON lines') },
  async action({ args: [what = ''], options }, environment) {
    const found = await (Object.hasOwn(lists, what) ? lists[what] : undefined)?.(environment);
    if (!found)
      return misuse(environment, `There is no list of ${what}. Lists: ${Object.keys(lists).join(', ')}.`);
    const width = Math.min(40, Math.max(...found.map(({ name }) => name.length)));
    for (const listed of found) {
      const line = options.json
        ? escapedJson(listed)
        : `${sanitizeLine(listed.name).padEnd(width)}  ${sanitizeLine(listed.about)}`.trimEnd();
      environment.stdout.write(`${line}\n`);
    }
    return exitCode.done;
  },
});
