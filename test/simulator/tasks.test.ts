import { describe, expect, it } from 'vitest';
import { readingSchema } from '../../src/debate/readings.ts';
import { agendaBlock, statementBlock, taskBlock, turnBlock } from '../../src/prompts/blocks.ts';
import { answerReply, bidReply, draftReply, parseReply, pickReply } from '../../src/prompts/replies.ts';
import { replyTo } from '../../src/simulator/reply-to.ts';
import { driveDebate, speakTask } from './debate-driver.ts';
import { library } from './scenarios.ts';

const debate = driveDebate(library, { rounds: 3, seed: 4 });
const issueIds = library.agenda.map(({ id }) => id);

function orThrow<Value>(
  outcome: { ok: true; value: Value } | { ok: false; failure: { message: string } },
): Value {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

describe('the simulator as moderator', () => {
  it('opens by naming every issue and asking one question', () => {
    const { text } = debate.turns[0] ?? { text: '' };
    for (const { title } of library.agenda) expect(text.toLowerCase()).toContain(title.toLowerCase());
    expect(text).toMatch(/\?$/);
  });

  it('steers with one short question to the principals by name', () => {
    const steering = debate.turns.filter(({ speaker, round }) => speaker === 'moderator' && round > 0);
    expect(steering).toHaveLength(2);
    for (const { text } of steering) {
      expect(text).toMatch(/\?/);
      expect(text.split(/\s+/).length).toBeLessThan(70);
      expect(text.toLowerCase()).toContain('council spokesperson');
    }
  });

  it('picks one of the candidates', () => {
    const task = taskBlock(
      'pick',
      { round: 3 },
      'Choose one of\n- council: Council spokesperson\n- student-reader: Student reader',
    );
    const picked = orThrow(parseReply(pickReply, replyTo(debate.messagesToModerator(task), 1)));
    expect(['council', 'student-reader']).toContain(picked.persona);
  });

  it('drafts a statement with one item for each issue', () => {
    const draft = orThrow(
      parseReply(draftReply, replyTo(debate.messagesToModerator(taskBlock('draft', {}, 'Draft.')), 1)),
    );
    expect(draft.items.map(({ issue }) => issue)).toEqual(issueIds);
    expect(draft.text.split(/\s+/).length).toBeGreaterThan(30);
  });
});

describe('the simulator as persona', () => {
  it('bids within 0 to 10, and higher when it was asked by name', () => {
    const task = taskBlock('bid', { round: 3 }, 'How much?');
    const bids = library.personas.map(({ member }) =>
      orThrow(parseReply(bidReply, replyTo(debate.messagesTo(member.id, task), 1))),
    );
    expect(bids).toHaveLength(3);
    const asked = turnBlock({
      number: 99,
      speaker: 'staff-union',
      name: 'Staff union',
      text: 'What does the council spokesperson say to that?',
    });
    const messages = debate.messagesTo('council', `${asked}\n${task}`);
    const wish = orThrow(parseReply(bidReply, replyTo(messages, 1))).wish;
    expect(wish).toBeGreaterThan(bids[0]?.wish ?? 10);
  });

  it('refuses a statement whose terms cross its red line and signs one that keeps it', () => {
    const answerTo = (status: 'agreed' | 'open') => {
      const items = library.agenda.map(({ id, title }) => ({
        issue: id,
        status: id === 'funding' ? status : ('conditional' as const),
        text: title,
      }));
      const levy = turnBlock({
        number: 98,
        speaker: 'staff-union',
        name: 'Staff union',
        text: 'On funding we insist on a new levy on every household.',
      });
      const task = `${levy}\n${statementBlock({ text: 'The terms.', items })}\n${taskBlock('answer', {}, 'Sign or refuse.')}`;
      const start = driveDebate(library, { rounds: 1, seed: 4 });
      return orThrow(parseReply(answerReply, replyTo(start.messagesTo('council', task), 1)));
    };
    const open = answerTo('open');
    expect(open.answer).toBe('sign');
    const crossing = answerTo('agreed');
    if (crossing.answer === 'refuse') expect(crossing.reason.toLowerCase()).toContain('levy');
  });

  it('writes private notes first where the task asks for them, and only there', () => {
    const task = taskBlock(
      'speak',
      { round: 4, of: 4, left: 0 },
      'Begin with private notes between <notes> and </notes>.',
    );
    expect(replyTo(debate.messagesTo('council', task), 1)).toMatch(/^<notes>[^<]+<\/notes>\n\n[^<]+$/);
    expect(replyTo(debate.messagesTo('council', speakTask(4, 4)), 1)).not.toContain('<');
  });

  it('answers a question from the person watching first', () => {
    const question =
      '<question after="9">\n[A question from the person watching]: Who pays for the funding of all this?\n</question>';
    const reply = replyTo(debate.messagesTo('council', `${question}\n${speakTask(4, 4)}`), 1);
    expect(reply.split('.')[0]).toContain('Who pays for the funding of all this?');
  });

  it('mends a speech with another speech', () => {
    const messages = debate.messagesTo('council', speakTask(4, 4));
    const first = replyTo(messages, 1);
    const repair = [
      ...messages,
      { role: 'assistant' as const, content: first },
      { role: 'user' as const, content: taskBlock('repair', {}, 'Again.') },
    ];
    const mended = replyTo(repair, 2);
    expect(mended).not.toBe(first);
    expect(mended.split(/\s+/).length).toBeGreaterThan(60);
  });
});

describe('the simulator as judge', () => {
  const masked = debate.speeches.map(({ turn, speaker, text }) => {
    const party = `Party ${'ABC'.charAt(library.personas.findIndex(({ member }) => member.id === speaker))}`;
    return { turn, party, text };
  });
  const ask = (reversed: boolean, seed: number) => {
    const system = `<rules>Read.</rules>\n${agendaBlock(library.agenda, { reversed })}`;
    const turns = masked.map(({ turn, party, text }) =>
      turnBlock({ number: turn, speaker: party, name: party, text }),
    );
    const user = [...turns, taskBlock('judge', {}, 'Read positions.')].join('\n');
    const messages = [
      { role: 'system' as const, content: system },
      { role: 'user' as const, content: user },
    ];
    return JSON.parse(replyTo(messages, seed)).readings as {
      party: string;
      issue: string;
      position: number;
      quote: string;
      turn: number;
      act: string;
    }[];
  };

  it("gives readings with verbatim quotes from the party's own turn", () => {
    const readings = ask(false, 1);
    expect(readings.length).toBeGreaterThan(5);
    for (const { party, issue, position, quote, turn, act } of readings) {
      expect(
        readingSchema.safeParse({ speaker: 'a', issue, position, quote, turn, act }).error,
      ).toBeUndefined();
      expect(issueIds).toContain(issue);
      const spoken = masked.find((one) => one.turn === turn);
      expect(spoken?.party).toBe(`Party ${party}`);
      expect(spoken?.text).toContain(quote);
    }
  });

  it('reads the scale as it is shown, so that a reversed one gives reversed positions', () => {
    const upright = ask(false, 1);
    for (const { party, issue, position } of ask(true, 2)) {
      const other = upright.find((reading) => reading.party === party && reading.issue === issue);
      if (other) expect(Math.abs(6 - position - other.position)).toBeLessThanOrEqual(1);
    }
  });

  it('differs a little between seeds, as samples of a judge do', () => {
    const positions = (seed: number) => JSON.stringify(ask(false, seed).map(({ position }) => position));
    expect(new Set([1, 2, 3, 4].map(positions)).size).toBeGreaterThan(1);
    expect(positions(3)).toBe(positions(3));
  });
});

describe("the simulator on a prompt that is not parley's", () => {
  it.each([
    [[{ role: 'user' as const, content: 'hello' }]],
    [[]],
    [
      [
        { role: 'system' as const, content: '<agenda>' },
        { role: 'user' as const, content: '<task kind="speak">' },
      ],
    ],
    [[{ role: 'user' as const, content: '<task kind="judge">x</task>' }]],
    [
      [
        { role: 'system' as const, content: '<agenda>\n<issue id="a">\n</issue>\n</agenda>' },
        { role: 'user' as const, content: '<task kind="dance">x</task>' },
      ],
    ],
  ])('gives a labelled reply and does not crash (%#)', (messages) => {
    expect(replyTo(messages, 1)).toMatch(/^\(Simulated reply\.\)/);
  });

  it('speaks on an agenda without anchors', () => {
    const persona =
      '<persona id="a" name="A" principal="yes" openness="0.3">\n## Interests\n- Peace.\n</persona>';
    const agenda =
      '<agenda>\n<issue id="price" weight="1" passages="">\ntitle: Price\nquestion: How much?\n</issue>\n</agenda>';
    const messages = [
      { role: 'system' as const, content: `${agenda}\n${persona}` },
      { role: 'user' as const, content: speakTask(1, 2) },
    ];
    expect(replyTo(messages, 1)).toMatch(/[.?!]$/);
  });
});
