import { answeredModel } from '../../models/openai-batch/job-reply.ts';
import { jobPrice } from '../../models/prices.ts';
import type { CallRequest, ChatModel, ModelHandle } from '../../models/types.ts';
import type { Answers } from './answers.ts';
import { callKey, debateTag } from './call-key.ts';
import { type ParkedCall, reserveFor } from './parked-call.ts';

/** A debate's place among those that are held in lockstep. */
export interface Seat {
  /** The same model at the price of a job, whose calls wait for the next one. */
  inJobs(handle: ModelHandle): ModelHandle;
  /** `isOver`: it will ask for nothing any more, in no later process either. */
  leave(isOver: boolean): Promise<void>;
}

export interface Seats {
  enter(debate: string): Seat;
  /** Calls that wait for an answer, by key. */
  parked: ReadonlyMap<string, ParkedCall>;
  /** True where there are debates, and none can go on without an answer. */
  areAllWaiting(): boolean;
}

export interface SeatsOptions {
  answers: Answers;
  /** The job under way that holds a call already; null for none. */
  jobOf(key: string): number | null;
  /** A call was parked, or a debate left. */
  onChange(): void;
  /** Nothing is needed of these jobs any more. */
  forget(numbers: readonly number[]): Promise<void>;
}

/** Of one call, those included that a debate asks for anew because the answer was no use. */
const attempts = 3;

/** The debates that are being held, and the calls that each of them waits for. */
export function createSeats({ answers, jobOf, onChange, forget }: SeatsOptions): Seats {
  const seats = new Map<string, { waiting: number }>();
  const parked = new Map<string, ParkedCall>();

  async function ask(
    debate: string,
    seat: { waiting: number },
    handle: ModelHandle,
    request: CallRequest,
    signal: AbortSignal | undefined,
  ): Promise<ChatModel> {
    const key = callKey(debate, handle.spec, request);
    if (answers.has(key)) return answeredModel(await answers.take(key));
    const { promise, resolve, reject } = Promise.withResolvers<ChatModel>();
    const leave = (settle: () => void) => {
      if (!parked.delete(key)) return;
      seat.waiting -= 1;
      settle();
    };
    const reserve = reserveFor({ ...handle, price: jobPrice(handle.price) }, request);
    seat.waiting += 1;
    parked.set(key, {
      ...{ key, handle, request, reserve, tries: 0, job: jobOf(key) },
      answered: (model) => leave(() => resolve(model)),
      refused: (error) => leave(() => reject(error)),
    });
    signal?.addEventListener('abort', () => leave(() => reject(signal.reason)), { once: true });
    onChange();
    return promise;
  }

  return {
    parked,
    areAllWaiting: () => seats.size > 0 && [...seats.values()].every(({ waiting }) => waiting > 0),
    enter(debate) {
      const tag = debateTag(debate);
      const seat = { waiting: 0 };
      seats.set(tag, seat);
      return {
        inJobs: (handle) =>
          handle.jobs === undefined
            ? handle
            : {
                ...handle,
                price: jobPrice(handle.price),
                policy: { ...handle.policy, attempts },
                chatModel: (request, signal) => ask(debate, seat, handle, request as CallRequest, signal),
              },
        async leave(isOver) {
          seats.delete(tag);
          onChange();
          if (!isOver) return;
          const gone = await answers.drop(tag);
          if (gone.length > 0) await forget(gone);
        },
      };
    },
  };
}
