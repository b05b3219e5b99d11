import { isPostgresAddress } from '../../journal/postgres/address.ts';
import type { HomeIntent } from '../../terminal/home/home-keys.ts';
import type { HomeState } from '../../terminal/home/home-state.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { defineCommand } from '../command.ts';
import { misuse, say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { chooseScreen, colorDepth, themeOf } from '../front-end.ts';
import type { HomeData } from '../home/home-data.ts';
import { defaultFolder, screenOptions, sourceOptions } from '../shared-options.ts';
import { askLine } from '../spending.ts';

const { theme, screenReader } = screenOptions;

/** `parley home`: everything that is here on one screen; what is chosen there runs as the command of that name would. */
export const command = defineCommand({
  description:
    'Browse runs, scenarios, strategies and plans on one screen. Open, resume, fork, score, report, compare, export and delete runs from there; nothing is spent without asking.',
  options: { theme, screenReader, ...sourceOptions },
  async action({ options, invoke }, environment) {
    const { transcripts } = options;
    const { stdin, stdout } = environment;
    const chosen = chooseScreen({ ...usual, ...options }, environment);
    // A terminal that can place nothing on its screen gets sentences.
    const isPlain = chosen === 'plain' && stdin.isTTY === true && stdout.isTTY === true;
    const kind = isPlain ? 'screen-reader' : chosen;
    if (kind !== 'full' && kind !== 'screen-reader') {
      return misuse(environment, 'home needs a terminal. Without one: parley ls, parley --help');
    }
    const { openHomeData } = await import('../home/home-data.ts');
    const { keepHome, keptHome } = await import('../home/kept-home.ts');
    const { initialHome, keptOf } = await import('../../terminal/home/home-state.ts');
    const { createHome } = await import('../../terminal/home/create-home.ts');
    const data = openHomeData(transcripts, environment);
    const { resolve } = await import('node:path');
    const place = resolve(transcripts);
    let state = initialHome(await keptHome(place, environment));
    const onScreen = (from: HomeState) =>
      createHome({
        stdin: environment.stdin,
        stdout: environment.stdout,
        theme: themeOf(options.theme, environment),
        color: options.theme === 'none' ? 'none' : colorDepth(environment),
        ...{ state: from, content: data.content, subscribe: data.subscribe, change: data.change },
        ...{ now: Date.now, ready: data.ready },
      });
    try {
      for (;;) {
        const shown = kind === 'full' ? await onScreen(state) : await inLines(state, data, environment);
        state = shown.state;
        await keepHome(place, keptOf(state), environment);
        if (shown.intent.type === 'leave') return exitCode.done;
        const args = commandFor(shown.intent, transcripts, kind);
        const code = await invoke(args);
        data.refresh();
        if (isScreen(shown.intent)) {
          // Ctrl+C in a debate leaves parley altogether.
          if (code === exitCode.interrupted) return code;
          if (code === exitCode.done) continue;
        }
        if (!(await goBack(args, environment))) return code;
      }
    } finally {
      data.close();
    }
  },
});

const usual = {
  ...{ plain: false, json: false, animation: true, quiet: false, status: null },
  ui: 'auto' as const,
};

/** What is done on a screen of its own and leaves nothing to be read. */
function isScreen({ type }: HomeIntent): boolean {
  return ['open', 'resume', 'fork', 'new-debate'].includes(type);
}

/** The command that does what was asked for; one that spends says what it would take, and asks. */
export function commandFor(
  intent: Exclude<HomeIntent, { type: 'leave' }>,
  transcripts: string,
  kind: 'full' | 'screen-reader' = 'full',
): string[] {
  const place = transcripts === defaultFolder ? [] : ['--transcripts', transcripts];
  const read = kind === 'full' ? [] : ['--screen-reader'];
  const ask = ['--ask-above', '0'];
  switch (intent.type) {
    case 'open':
      return ['replay', intent.run, intent.isLive ? '--follow' : '--from-end', ...read, ...place];
    case 'resume':
      return ['resume', intent.run, ...ask, ...read, ...place];
    case 'fork':
      return ['fork', intent.run, '--turn', String(intent.turn), ...ask, ...read, ...place];
    case 'score':
      return ['score', intent.run, ...place];
    case 'serve':
      return ['serve', intent.run, ...place];
    case 'report':
      return ['report', intent.run, '--format', 'html', '--out', intent.file, ...place];
    case 'compare':
      return ['diff', ...intent.runs, ...place];
    case 'export': {
      const runs = intent.runs.flatMap((run) => ['--run', run]);
      return [
        'export',
        intent.folder,
        ...runs,
        ...(intent.hasSimulated ? ['--include-simulated'] : []),
        ...place,
      ];
    }
    case 'check':
      return ['check', intent.folder];
    case 'run-plan':
      return isPostgresAddress(transcripts) ? ['batch', intent.plan] : ['batch', intent.plan, ...place];
    case 'compare-plan':
      return ['compare', intent.plan, ...place];
    case 'new-debate':
      return [
        // The set-up is a screen; a run says what it chose, and asks before it spends.
        kind === 'full' ? 'set-up' : 'run',
        ...(intent.scenario === null ? [] : [intent.scenario]),
        ...(intent.strategy === null ? [] : ['--strategy', intent.strategy]),
        ...ask,
        ...read,
        ...place,
      ];
  }
}

/** The same in sentences, for a screen reader: a person types what they want. */
async function inLines(
  before: HomeState,
  data: HomeData,
  environment: Environment,
): Promise<{ intent: HomeIntent; state: HomeState }> {
  const { homeLine, homeLines } = await import('../../terminal/home/home-lines.ts');
  let state = before;
  let from = 0;
  await data.looked();
  for (let isShown = false; ; ) {
    const lines = homeLines(state, data.content(), from, Date.now());
    if (!isShown) for (const line of lines) environment.stdout.write(`${line}\n`);
    isShown = true;
    const line = await askLine('What would you like? ', environment);
    if (line === null) return { intent: { type: 'leave' }, state };
    if (line.trim() === 'more') {
      from += 10;
      isShown = false;
      continue;
    }
    const step = homeLine(state, data.content(), line);
    state = step.state;
    if (step.shows) [from, isShown] = [0, false];
    if (step.intent) return { intent: step.intent, state };
    const { change } = step;
    const said =
      change && change.type !== 'suspend' && change.type !== 'redraw'
        ? await data.change(change)
        : state.said;
    if (change) state = { ...state, said };
    if (said !== null) environment.stdout.write(`${sanitizeLine(said)}\n`);
  }
}

/** Waits until the output was read; false where the person leaves. */
async function goBack(args: readonly string[], environment: Environment): Promise<boolean> {
  say(environment, `That was: parley ${args.join(' ')}`);
  return (await askLine('Enter goes back home, Ctrl+C leaves. ', environment)) !== null;
}
