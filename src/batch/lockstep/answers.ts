import type { JobReply } from '../../models/providers/openai/job-lines.ts';
import { jobFiles, removeFile, repliesIn, replyAt, tagOf } from './job-files.ts';

/** Answers of collected jobs that their debates have not been given yet; on the disk, only their places in memory. */
export interface Answers {
  /** Takes in a collected job's results; tells what became of each of its calls. */
  add(number: number): Promise<Map<string, Exclude<JobReply, { kind: 'answer' }> | 'answered'>>;
  has(key: string): boolean;
  /** Gives an answer once; from then on it is there only for a process that comes after. */
  take(key: string): Promise<unknown>;
  /** A debate is over and needs none any more; gives the jobs of which nothing is left, whose files are gone. */
  drop(tag: string): Promise<number[]>;
}

interface Place {
  number: number;
  at: number;
  length: number;
}

/** `isOver` knows the debates that were over before, by their tags. */
export function createAnswers(folder: string, isOver: (tag: string) => boolean): Answers {
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
    async add(number) {
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
    has: (key) => places.get(tagOf(key))?.has(key) === true,
    async take(key) {
      const place = places.get(tagOf(key))?.get(key) as Place;
      places.get(tagOf(key))?.delete(key);
      const reply = await replyAt(jobFiles(folder, place.number), place.at, place.length);
      if (reply?.kind !== 'answer') throw new Error(`the results of job ${place.number} were changed`);
      return reply.body;
    },
    async drop(tag) {
      const numbers: number[] = [];
      for (const [number, tags] of needed) if (tags.delete(tag)) numbers.push(number);
      places.delete(tag);
      return removeUnneeded(numbers);
    },
  };
}
