import { fold } from '../../debate/debate.ts';
import { createReplay } from '../../run/replay.ts';
import { systemClock } from '../../run/system-clock.ts';
import { complain } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { farewellFor } from '../farewell.ts';
import { chooseScreen, isWatched, type ScreenOptions } from '../front-end.ts';
import { readRun } from '../open-runs.ts';
import { placeOfRun } from '../run-place.ts';
import { readReplayOptions } from '../settings.ts';
import { show } from '../show.ts';

/** `parley replay`: shows a stored debate again. Reads its journal and nothing else. */
export async function replay(
  given: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  tameProcess(environment.color, []);
  const read = readReplayOptions(options);
  if (!read.ok) return complain(environment, read.failure.message);
  const { folder, name } = placeOfRun(given ?? '', String(options['transcripts']));
  const stored = await readRun(folder, name);
  if (!stored.ok) return complain(environment, stored.failure.message);
  const { events } = stored.value;
  if (events.length === 0)
    return complain(environment, `${name} holds no event yet: there is nothing to show.`);

  const screenOptions = options as ScreenOptions;
  const kind = chooseScreen(screenOptions, environment);
  const speed = read.value.speed ?? (isWatched(kind, environment) ? 1 : 0);
  const { idleLimitMs } = read.value;
  const staysAtEnd = kind === 'full' || kind === 'inline';
  const replayed = createReplay({ events, clock: systemClock, speed, idleLimitMs, staysAtEnd });
  const { pause, resume, step, stop, setSpeed, jump } = replayed;
  const { code } = await show(
    {
      kind,
      title: fold(events)?.started.scenario.title ?? name,
      controls: { isReplay: true, pause, resume, step, ask: () => {}, stop, setSpeed, jump },
      speed,
      subscribe: replayed.subscribe,
      start: replayed.start,
      farewell: () => farewellFor(name, folder, fold(events)),
    },
    screenOptions,
    environment,
  );
  return code ?? exitCode.done;
}
