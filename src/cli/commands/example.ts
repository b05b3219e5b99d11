import { counted } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { defineCommand } from '../command.ts';
import { need, say } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';

/** `parley example`: the examples that come with parley, and a copy of one here. */
export const command = defineCommand({
  description:
    'Copy an example to this folder: a plan, a library program, a training script, an article. Without a name, list them. Nothing is overwritten.',
  argument: { help: 'name of an example, such as steelman' },
  options: {},
  async action({ args: [name] }, environment) {
    const { listExamples, writeExample } = await import('../../run/examples.ts');
    if (name === undefined) {
      const examples = await listExamples();
      const width = Math.max(...examples.map((one) => one.name.length));
      for (const one of examples) {
        environment.stdout.write(`${`${one.name.padEnd(width)}  ${sanitizeLine(one.about)}`.trimEnd()}\n`);
      }
      return exitCode.done;
    }
    const { path, articles } = need(await writeExample(name, environment.workingDirectory));
    const more = articles === 0 ? '' : ` and ${counted(articles, 'article')}`;
    say(environment, `Wrote ${path}${more}.${commandWith(path)}`);
    return exitCode.done;
  },
});

/** The command that an example is for. */
function commandWith(path: string): string {
  const file = path.split(/[/\\]/).at(-1) ?? path;
  if (file === 'evolve.yaml') return ` Use it with: parley evolve plain --plan ${file}`;
  if (file === 'promptfooconfig.yaml') return ' Use it with: npx promptfoo eval';
  if (file.endsWith('.yaml')) return ` Use it with: parley compare ${file}`;
  if (file.endsWith('.md')) return ` Use it with: parley run --article ${file}`;
  return file.endsWith('.mjs') ? ` Use it with: node ${file}` : '';
}
