import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventSchema } from '../../src/debate/events.ts';
import { type ChatRequest, startProviderServer } from '../helpers/provider-server.ts';
import { debating, held, taskOf } from './debates.ts';

const contentOf = ({ messages }: Pick<ChatRequest, 'messages'>) =>
  messages.map(({ content }) => content).join('\n');

/** Words that only an answer off the record holds. */
const secret = 'heron-quay';
const answerOf = (position: number) =>
  JSON.stringify({ positions: [{ issue: 'sequencing', position, why: `only ${secret} knows` }] });
const isRepair = (request: ChatRequest) => taskOf(request) === 'repair';
const isPoll = (request: ChatRequest) => taskOf(request) === 'poll';

describe('the poll off the record', () => {
  test('is put to everyone after each reading, and no other prompt ever holds the question or an answer', async () => {
    const server = await startProviderServer({
      answer: (request) => (isPoll(request) ? answerOf(2.5) : debating(request)),
    });
    const { debate, events } = await held({ model: 'openai:scripted', baseUrl: server.baseUrl, poll: true });
    expect(server.requests.filter(isPoll)).toHaveLength(8);
    const others = server.requests.filter((request) => !isPoll(request));
    expect(others.map(taskOf)).toEqual(
      expect.arrayContaining(['open', 'speak', 'judge', 'steer', 'draft', 'answer']),
    );
    for (const request of others) {
      expect(contentOf(request)).not.toContain(secret);
      expect(contentOf(request)).not.toContain('This question is off the record');
      expect(contentOf(request)).not.toContain('kind="poll"');
    }
    // Not even the same persona's next poll tells it what it answered before.
    for (const request of server.requests.filter(isPoll)) {
      expect(contentOf(request)).not.toContain(secret);
      expect(contentOf(request).match(/kind="poll"/g)).toHaveLength(1);
    }
    expect(debate.polls.map(({ round, persona }) => `${round} ${persona}`)).toEqual(
      [1, 2].flatMap((round) => debate.started.cast.map(({ id }) => `${round} ${id}`)),
    );
    for (const event of events) expect(eventSchema.safeParse(event).error).toBeUndefined();
    const order = events.map(({ type }) => type).filter((type) => /verdict|poll/.test(type));
    expect(order.slice(0, 5)).toEqual(['verdict-given', ...Array.from({ length: 4 }, () => 'poll-answered')]);
  });

  test('is not put to a persona whose seat a person holds', async () => {
    const seats = { 'dprk-negotiator': async () => 'We will take the inspectors in [P3].' };
    const { debate } = await held({ poll: true, rounds: 1, seats });
    expect(debate.polls.map(({ persona }) => persona)).toEqual(
      debate.started.cast.map(({ id }) => id).filter((id) => id !== 'dprk-negotiator'),
    );
  });

  test('changes not a word of the debate', async () => {
    const texts = async (poll: boolean) =>
      (await held({ poll })).debate.turns.map(({ speaker, text }) => ({ speaker, text }));
    expect(await texts(true)).toEqual(await texts(false));
  });

  test('its calls are counted and paid for, and the debate says that it was put', async () => {
    const plain = (await held({})).debate;
    const { debate } = await held({ poll: true });
    expect(debate.totals.calls).toBe(plain.totals.calls + 8);
    expect(debate.totals.inputTokens).toBeGreaterThan(plain.totals.inputTokens);
    expect(debate.started.settings.poll).toBe(true);
    expect(plain.started.settings).not.toHaveProperty('poll');
    expect(plain.started.prompts.map(({ path }) => path)).not.toContain('poll.md');
    expect(debate.started.prompts.map(({ path }) => path)).toContain('poll.md');
  });

  test.each([
    ['no JSON', 'I would rather not say.', 'no JSON object'],
    [
      'an issue that is not on the agenda',
      answerOf(1).replace('sequencing', 'weather'),
      'no issue of the agenda',
    ],
    ['a position off the scale', answerOf(7), 'positions.0.position'],
    [
      'an issue twice',
      JSON.stringify({
        positions: [1, 2].map((position) => ({ issue: 'sequencing', position, why: '' })),
      }),
      'appears twice',
    ],
  ])('an answer with %s is asked for once more, told what is wrong', async (_, first, fault) => {
    const server = await startProviderServer({
      answer: (request) => {
        if (isRepair(request)) return answerOf(3);
        return isPoll(request) ? first : debating(request);
      },
    });
    const { debate } = await held({
      model: 'openai:scripted',
      baseUrl: server.baseUrl,
      poll: true,
      rounds: 1,
    });
    const repairs = server.requests.filter(isRepair);
    expect(repairs).toHaveLength(4);
    expect(repairs[0]?.messages.at(-1)?.content).toContain(fault);
    for (const { outcome, positions } of debate.polls) {
      expect(outcome).toBe('read');
      expect(positions).toEqual([{ issue: 'sequencing', position: 3, why: `only ${secret} knows` }]);
    }
  });

  test('an answer that cannot be read even then is journaled as that, with no position', async () => {
    const server = await startProviderServer({
      answer: (request) => (isRepair(request) || isPoll(request) ? 'No comment.' : debating(request)),
    });
    const { debate } = await held({
      model: 'openai:scripted',
      baseUrl: server.baseUrl,
      poll: true,
      rounds: 1,
    });
    expect(debate.ended?.reason).toBe('round-limit');
    expect(debate.polls).toHaveLength(4);
    for (const { outcome, positions, failure } of debate.polls) {
      expect({ outcome, positions }).toEqual({ outcome: 'failed', positions: [] });
      expect(failure).toContain('JSON');
    }
  });

  test('the simulator settles inside its red lines, on every issue', async () => {
    const { debate } = await held({ poll: true, rounds: 3 });
    for (const { persona, positions } of debate.polls) {
      const lines = debate.started.cast.find(({ id }) => id === persona)?.redLines ?? [];
      expect(positions.map(({ issue }) => issue)).toEqual(debate.started.agenda.map(({ id }) => id));
      for (const { issue, position } of positions) {
        for (const line of lines.filter((one) => one.issue === issue)) {
          expect(position).toBeGreaterThanOrEqual(line.min);
          expect(position).toBeLessThanOrEqual(line.max);
        }
      }
    }
  });

  test('a budget used up in the middle of it stops it, as it stops everything', async () => {
    const usage = (await held({ rounds: 1, poll: true })).debate;
    const before = usage.verdicts[0]?.number ?? 0;
    expect(before).toBeGreaterThan(0);
    const spent = usage.turns.reduce(
      (sum, turn) => sum + turn.usage.inputTokens + turn.usage.outputTokens,
      0,
    );
    const read = usage.verdicts[0]?.calls.reduce(
      (sum, { usage: one }) => sum + one.inputTokens + one.outputTokens,
      0,
    );
    const transcripts = await mkdtemp(join(tmpdir(), 'parley-poll-'));
    onTestFinished(() => rm(transcripts, { recursive: true, force: true }));
    const { debate } = await held({
      rounds: 1,
      poll: true,
      budgetTokens: spent + (read ?? 0) + 1,
      transcripts,
    });
    expect(debate.ended?.reason).toBe('budget');
    expect(debate.polls).toHaveLength(1);
  });
});
