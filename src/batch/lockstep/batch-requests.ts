import { jobPrice } from '../../models/prices.ts';
import { answeredModel, type JobReply } from '../../models/providers/openai/job-lines.ts';
import type { CallRequest, ChatModel, ModelHandle } from '../../models/types.ts';
import { mostUsedBy } from '../gated-model.ts';
import { callKey, debateTag, jobFiles, removeFile, repliesIn, replyAt, tagOf } from './job-files.ts';

/** The requests of one debate among those that run in lockstep. */
export interface DebateRequests {
  /** The same model at the price of a job, whose calls wait for the next one. */
  inJobs(handle: ModelHandle): ModelHandle;
  /** `isOver`: it will ask for nothing any more, in no later process either. */
  leave(isOver: boolean): Promise<void>;
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
export function createBatchRequests(options: BatchRequestsOptions) {
  const { answers, jobOf, onChange, forget } = options;
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
    const { usd, tokens } = mostUsedBy({ handle: { ...handle, price: jobPrice(handle.price) }, request });
    own.waiting += 1;
    parked.set(key, {
      ...{ key, handle, request, tries: 0, job: jobOf(key), reserve: { usd: usd ?? 0, tokens } },
      answered: (model) => leave(() => resolve(model)),
      refused: (error) => leave(() => reject(error)),
    });
    signal?.addEventListener('abort', () => leave(() => reject(signal.reason)), { once: true });
    onChange();
    return promise;
  }

  return {
    /** Calls that wait for an answer, by key. */
    parked: parked as ReadonlyMap<string, ParkedCall>,
    /** True where there are debates, and none can go on without an answer. */
    areAllWaiting: () => debates.size > 0 && [...debates.values()].every(({ waiting }) => waiting > 0),
    enter(debate: string): DebateRequests {
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
  /** What it is expected to use at most; 0 dollars where no price is known. */
  reserve: { usd: number; tokens: number };
  answered(model: ChatModel): void;
  refused(error: Error): void;
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

export type Answers = ReturnType<typeof createAnswers>;

interface Place {
  number: number;
  at: number;
  length: number;
}

/**
 * Answers of collected jobs that their debates have not been given yet; on the disk, only their places in memory.
 * `isOver` knows the debates that were over before, by their tags.
 */
export function createAnswers(folder: string, isOver: (tag: string) => boolean) {
  /** By the tag of the debate, then by key. */
  const places = new Map<string, Map<string, Place>>();
  const ofDebate = (tag: string) => places.get(tag) ?? places.set(tag, new Map()).get(tag);
  /** Tags of the debates that may still need a job's results. */
  const needed = new Map<number, Set<string>>();
  const removeUnneeded = async (numbers: Iterable<number>) => {
    const gone = [...numbers].filter((number) => needed.get(number)?.size === 0);
    for (const number of gone) {
      needed.delete(number);
      await removeFile(jobFiles(folder, number).results);
    }
    return gone;
  };
  return {
    /** Takes in a collected job's results; tells what became of each of its calls. */
    async add(number: number) {
      const outcomes = new Map<string, Exclude<JobReply, { kind: 'answer' }> | 'answered'>();
      const tags = new Set<string>();
      for await (const { reply, at, length } of repliesIn(jobFiles(folder, number))) {
        outcomes.set(reply.id, reply.kind === 'answer' ? 'answered' : reply);
        if (reply.kind !== 'answer' || isOver(tagOf(reply.id))) continue;
        ofDebate(tagOf(reply.id))?.set(reply.id, { number, at, length });
        tags.add(tagOf(reply.id));
      }
      needed.set(number, tags);
      return outcomes;
    },
    has: (key: string) => places.get(tagOf(key))?.has(key) === true,
    /** Gives an answer once; from then on it is there only for a process that comes after. */
    async take(key: string): Promise<unknown> {
      const place = places.get(tagOf(key))?.get(key) as Place;
      places.get(tagOf(key))?.delete(key);
      const reply = await replyAt(jobFiles(folder, place.number), place.at, place.length);
      if (reply?.kind !== 'answer') throw new Error(`the results of job ${place.number} were changed`);
      return reply.body;
    },
    /** A debate is over and needs none any more; gives the jobs of which nothing is left, whose files are gone. */
    async drop(tag: string): Promise<number[]> {
      const numbers: number[] = [];
      for (const [number, tags] of needed) if (tags.delete(tag)) numbers.push(number);
      places.delete(tag);
      return removeUnneeded(numbers);
    },
  };
}
