import type { Clock } from '../debate/clock.ts';
import type { ModelHandle } from '../models/types.ts';
import { createLane, type Lane } from './rate-limiter.ts';

export interface LanesOptions {
  clock: Clock;
  /** Calls at once with one provider, at most. */
  mostCalls: number;
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
}

/** A lane for each provider. */
export interface Lanes {
  /** The lane of a model's provider, made when it is first asked for. */
  of(handle: ModelHandle): Lane;
  all(): Lane[];
}

/** The simulator's calls take no time but this machine's. */
const simulatedCalls = 8;
const firstCalls = 8;

export function createLanes(options: LanesOptions, onChange: () => void): Lanes {
  const lanes = new Map<string, Lane>();
  return {
    of({ spec, simulated }) {
      const [provider = ''] = spec.split(':');
      const lane = lanes.get(provider) ?? laneFor(provider, simulated, options, onChange);
      lanes.set(provider, lane);
      return lane;
    },
    all: () => [...lanes.values()],
  };
}

function laneFor(name: string, isSimulated: boolean, options: LanesOptions, onChange: () => void): Lane {
  const { clock, mostCalls } = options;
  const calls = isSimulated
    ? { firstCalls: simulatedCalls, mostCalls: simulatedCalls }
    : { firstCalls, mostCalls };
  const limits = isSimulated
    ? { requestsPerMinute: null, tokensPerMinute: null }
    : { requestsPerMinute: options.requestsPerMinute, tokensPerMinute: options.tokensPerMinute };
  return createLane({ name, clock, ...calls, ...limits, onChange });
}
