import { costOf, jobPrice } from '../../models/prices.ts';
import { answeredModel } from '../../models/providers/openai/job-lines.ts';
import type { CallRequest, ChatModel, ModelHandle } from '../../models/types.ts';
import { estimatePromptTokens } from '../../text/token-estimate.ts';
import type { Answers } from './answers.ts';
import { callKey, debateTag } from './job-files.ts';

/** The requests of one debate among those that run in lockstep. */
export interface DebateRequests {
  /** The same model at the price of a job, whose calls wait for the next one. */
  inJobs(handle: ModelHandle): ModelHandle;
  /** `isOver`: it will ask for nothing any more, in no later process either. */
  leave(isOver: boolean): Promise<void>;
}

export interface BatchRequests {
  enter(debate: string): DebateRequests;
  /** Calls that wait for an answer, by key. */
  parked: ReadonlyMap<string, ParkedCall>;
  /** True where there are debates, and none can go on without an answer. */
  areAllWaiting(): boolean;
}

export interface BatchRequestsOptions {
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

/** The debates that are running, and the calls that each of them waits for. */
export function createBatchRequests({
  answers,
  jobOf,
  onChange,
  forget,
}: BatchRequestsOptions): BatchRequests {
  const debates = new Map<string, { waiting: number }>();
  const parked = new Map<string, ParkedCall>();

  async function ask(
    debate: string,
    own: { waiting: number },
    handle: ModelHandle,
    request: CallRequest,
    signal: AbortSignal | undefined,
  ): Promise<ChatModel> {
    const key = callKey(debate, handle.spec, request);
    if (answers.has(key)) return answeredModel(await answers.take(key));
    const { promise, resolve, reject } = Promise.withResolvers<ChatModel>();
    const leave = (settle: () => void) => {
      if (!parked.delete(key)) return;
      own.waiting -= 1;
      settle();
    };
    const reserve = reserveFor({ ...handle, price: jobPrice(handle.price) }, request);
    own.waiting += 1;
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
    areAllWaiting: () => debates.size > 0 && [...debates.values()].every(({ waiting }) => waiting > 0),
    enter(debate) {
      const tag = debateTag(debate);
      const own = { waiting: 0 };
      debates.set(tag, own);
      return {
        inJobs: (handle) =>
          handle.jobs === undefined
            ? handle
            : {
                ...handle,
                price: jobPrice(handle.price),
                policy: { ...handle.policy, attempts },
                chatModel: (request, signal) => ask(debate, own, handle, request as CallRequest, signal),
              },
        async leave(isOver) {
          debates.delete(tag);
          onChange();
          if (!isOver) return;
          const gone = await answers.drop(tag);
          if (gone.length > 0) await forget(gone);
        },
      };
    },
  };
}

/** A call of a debate that waits for its answer. */
export interface ParkedCall {
  key: string;
  handle: ModelHandle;
  request: CallRequest;
  /** Jobs that left it unanswered. */
  tries: number;
  /** The job it is in; null for none yet. */
  job: number | null;
  /** What it is expected to use at most. */
  reserve: { usd: number; tokens: number };
  answered(model: ChatModel): void;
  refused(error: Error): void;
}

/** What a call would use if its reply were as long as it may be; 0 dollars where no price is known. */
function reserveFor({ price }: ModelHandle, request: CallRequest): ParkedCall['reserve'] {
  const inputTokens = estimatePromptTokens(request.messages);
  const outputTokens = request.maxOutputTokens;
  const usage = { inputTokens, outputTokens, cachedTokens: 0, estimated: true };
  return { usd: costOf(usage, 0, price) ?? 0, tokens: inputTokens + outputTokens };
}

/** The calls, from the first, that what is left of a budget surely pays for. */
export function payable(
  calls: readonly ParkedCall[],
  { usd, tokens }: { usd: number | null; tokens: number | null },
): ParkedCall[] {
  let [leftUsd, leftTokens] = [usd ?? Number.POSITIVE_INFINITY, tokens ?? Number.POSITIVE_INFINITY];
  const paid: ParkedCall[] = [];
  for (const call of calls) {
    leftUsd -= call.reserve.usd;
    leftTokens -= call.reserve.tokens;
    if (leftUsd < 0 || leftTokens < 0) break;
    paid.push(call);
  }
  return paid;
}
