import { defineCommand, flag, type OptionValues, option } from '../command.ts';
import { need } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { chooseScreen, isWatched } from '../front-end.ts';
import { decimal } from '../option-values.ts';
import { runHelp, screenOptions, sourceOptions } from '../shared-options.ts';

/** `parley replay`: shows a stored debate again. Reads its journal and nothing else. */
export const command = defineCommand({
  argument: { help: runHelp },
  options: {
    speed: option(
      '--speed <factor>',
      'playback speed as a multiple of the reading pace; 0 shows everything at once',
      decimal,
    ),
    idleLimit: option('--idle-limit <seconds>', 'maximum pause between events', decimal, { usual: '2' }),
    fromEnd: flag('--from-end', 'start at the end, with everything shown'),
    follow: flag('--follow', 'show a debate that another process is running'),
    ...screenOptions,
    ...sourceOptions,
  },
  async action({ args: [given = ''], options }, environment) {
    const { createReplay } = await import('../../run/replay-debate.ts');
    const { systemClock } = await import('../../run/system-clock.ts');
    const { exitSummary, watch } = await import('../watch.ts');
    const { labelsShown, whyShown } = await import('../labels-shown.ts');
    const { readDebate } = await import('../with-runs.ts');
    if (options.follow) return follow(given, options, environment);
    const { folder, name, events, debate } = await readDebate(given, options.transcripts, 'show');
    const kind = chooseScreen(options, environment);
    const speed = options.speed ?? (isWatched(kind, environment) ? 1 : 0);
    const replayed = createReplay({
      ...{ events, clock: systemClock, speed, idleLimitMs: options.idleLimit * 1000 },
      ...{ staysAtEnd: kind === 'full' || kind === 'inline', startsAtEnd: options.fromEnd },
    });
    const { pause, resume, step, stop, setSpeed, finishTurn, jump } = replayed;
    const { code } = await watch(
      {
        ...{ kind, title: debate.started.scenario.title, speed },
        controls: {
          ...{ isReplay: true, pause, resume, step, ask: () => {}, stop, setSpeed, finishTurn, jump },
          why: () => whyShown(folder, name, environment),
          ...labelsShown(folder, name),
        },
        subscribe: replayed.subscribe,
        start: replayed.start,
        exitSummary: () => exitSummary(name, folder, debate),
      },
      options,
      environment,
    );
    return code ?? exitCode.done;
  },
});

/** Shows a run while another process writes it; nothing that is pressed here reaches that process. */
async function follow(
  given: string,
  options: OptionValues<typeof screenOptions & typeof sourceOptions>,
  environment: Environment,
): Promise<number> {
  const { followRun } = await import('../../run/follow-run.ts');
  const { systemClock } = await import('../../run/system-clock.ts');
  const { exitSummary, watch } = await import('../watch.ts');
  const { withRun } = await import('../with-runs.ts');
  return withRun(given, options.transcripts, async ({ store, folder, name }) => {
    const { subscribe, start, ...held } = followRun({ store, run: name, clock: systemClock });
    const { result, code } = await watch(
      {
        ...{ kind: chooseScreen(options, environment), title: name, subscribe, start },
        controls: { isReplay: true, ask: () => {}, ...held },
        exitSummary: () => exitSummary(name, folder, null),
      },
      options,
      environment,
    );
    need(result);
    return code ?? exitCode.done;
  });
}
