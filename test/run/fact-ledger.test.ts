import { describe, expect, test } from 'vitest';
import { f1, plantedOmissions, runPlanted } from '../../bench/validate/planted-omissions.ts';
import { measureDebate } from '../../src/compare/measure-debate.ts';
import { fold } from '../../src/debate/debate.ts';
import { reportOf } from '../../src/report/model/debate-report.ts';
import { renderReport } from '../../src/report/render-report.ts';
import { paragraphsOf } from '../../src/terminal/plain-transcript.ts';
import { eventsOf, harbourWithFacts, plainReply, saying } from '../helpers/fact-debates.ts';
import { harbourWith } from '../prompts/scenario-folder.ts';

describe('planted omissions', () => {
  test('are found with F1 of 0.85 and more, though the reading model errs in one use of five and invents four a round', async () => {
    const { read, words, debates } = await plantedOmissions(await harbourWithFacts());
    for (const debate of debates) {
      expect(debate.traced.at(-1)?.round).toBe(3);
      // Whatever the model claims, what counts stands in the speech that it names.
      for (const { uses } of debate.traced)
        for (const use of uses) expect(debate.turns[use.turn - 1]?.text).toContain(use.quote);
      expect(debate.traced.every(({ rejected }) => rejected.length >= 3)).toBe(true);
    }
    expect(f1(read)).toBeGreaterThanOrEqual(0.85);
    // Code alone takes other words for silence and the same words for the same fact; this is how far it comes.
    expect(f1(words)).toBeLessThan(f1(read));
    expect(f1(words).toFixed(2)).toBe('0.92');
  });
});

describe('facts that a model finds', () => {
  const good = { issue: 'metering', passage: 3, quote: 'Only 12 of 58 pumps have a meter' };
  const bad = { issue: 'price', passage: 5, quote: 'Households pay 3.50 for a cubic metre' };
  const stray = { issue: 'weather', passage: 1, quote: 'The river at Harbour' };

  async function found(replies: readonly unknown[][]) {
    let asked = 0;
    const judge = saying((kind) => {
      if (kind === 'extract' || kind === 'repair') return JSON.stringify({ facts: replies[asked++] ?? [] });
      return kind === 'trace' ? '{"uses":[]}' : plainReply(kind);
    });
    const scenario = await harbourWith({});
    const model = saying((kind) => (kind === 'speak' ? 'We see.' : plainReply(kind)));
    const events = eventsOf({
      scenario,
      facts: true,
      rounds: 1,
      model: model as never,
      judge: judge as never,
    });
    return { events: await events.catch((error: Error) => error), asked: () => asked };
  }

  test('stand in the debate by issue, asked for once where every quote stands in its passage', async () => {
    const { events, asked } = await found([[good]]);
    if (events instanceof Error) throw events;
    expect(asked()).toBe(1);
    expect(events[0]).toMatchObject({ facts: [{ id: 'F1', ...good }], settings: { facts: true } });
    expect(events.filter(({ type }) => type === 'facts-traced')).toHaveLength(1);
  });

  test('are asked for once more where a quote does not stand, and kept without it where it still does not', async () => {
    const { events, asked } = await found([
      [good, bad, stray],
      [good, bad],
    ]);
    if (events instanceof Error) throw events;
    expect(asked()).toBe(2);
    expect(events[0]).toMatchObject({ facts: [{ id: 'F1', ...good }] });
  });

  test('are none where nothing stands: the debate does not begin', async () => {
    const { events } = await found([[bad], [stray]]);
    expect(events).toMatchObject({ reason: 'no-facts' });
  });
});

describe('passages dealt unevenly', () => {
  test('are all that a persona is shown; what it was not dealt it may cite once somebody has', async () => {
    const scenario = await harbourWithFacts({ mayor: [1, 3, 4], growers: [1, 2, 5] });
    const prompts = new Map<string, string>();
    const persona = (id: string, speeches: readonly string[]) => {
      let given = 0;
      return saying((kind, messages) => {
        if (kind !== 'speak') return plainReply(kind);
        prompts.set(id, messages[0]?.content ?? '');
        return speeches[given++] ?? '';
      });
    };
    const judge = saying((kind, messages) => {
      if (kind !== 'trace') return plainReply(kind);
      const turn = Number(
        /<turn number="(\d+)" speaker="growers-union">/.exec(messages.at(-1)?.content ?? '')?.[1],
      );
      return JSON.stringify({ uses: [{ fact: 'F2', turn, how: 'used', quote: 'a right granted in 1931' }] });
    });
    const models = {
      'harbour-mayor': persona('mayor', ['Farms pay nothing [P5].', 'As you say, farms pay nothing [P5].']),
      'growers-union': persona('growers', [
        'We hold a right granted in 1931 [P2], and farms pay nothing [P5].',
        'It is a right granted in 1931 [P2].',
      ]),
    };
    const model = saying(plainReply);
    const events = await eventsOf({
      ...{ scenario, rounds: 2, model: model as never, models: models as never, judge: judge as never },
    });
    expect(prompts.get('mayor')).toContain('[P3] Only 12 of 58');
    expect(prompts.get('mayor')).not.toContain('Households pay 2.10');
    expect(prompts.get('mayor')).toContain(
      'You hold only a part of the article: passages [P1], [P3] and [P4].',
    );
    expect(prompts.get('growers')).not.toContain('Only 12 of 58');
    const report = reportOf(events, { notes: false });
    const citations = [...(report?.groundings.values() ?? [])].flatMap(({ citations: all }) =>
      all.map(({ label, exists }) => `${label} ${exists}`),
    );
    expect(citations).toEqual(['P5 false', 'P2 true', 'P5 true', 'P5 true', 'P2 true']);
    const debate = fold(events);
    if (!debate) throw new Error('it has begun');
    // Of the six facts that one of them holds alone, one was said by its holder; of seven one is alive.
    const measured = measureDebate(debate, { arm: 'a', article: 'b', cell: 'c' });
    expect(measured.factsShared).toBeCloseTo(1 / 6);
    expect(measured.factsKept).toBeCloseTo(1 / 7);
  });
});

describe('what a person sees of facts', () => {
  test('is how many are alive, which died, and that they agree more and know less', async () => {
    const rows: [string, string][] = [
      ['F1a F4a F5a', 'F2a F6a'],
      ['t1', 't2'],
      ['t3 F4b', 't4'],
    ];
    const { events } = await runPlanted(
      rows,
      (planted, turns) => JSON.stringify({ uses: planted.filter(({ turn }) => turns.includes(turn)) }),
      await harbourWithFacts(),
    );
    const rising = events.map((event) =>
      event.type === 'verdict-given' && event.convergence
        ? { ...event, convergence: { ...event.convergence, principals: 0.3 + 0.1 * event.round } }
        : event,
    );
    const debate = fold(rising);
    const traced = rising.findLast((event) => event.type === 'facts-traced');
    if (!debate || traced?.type !== 'facts-traced') throw new Error('the facts were followed');
    const plain = paragraphsOf(traced, debate, { paint: (text) => text })[0] ?? '';
    expect(plain).toMatch(/^Round 3: facts alive 1 of 7: 1 used, 4 forgotten, 2 unmentioned\n/);
    expect(plain).toContain('  forgotten: F2 “a right granted in 1931” [P2]');
    expect(plain).toContain(
      '! They agree more and know less: since round 1 C has risen by 0.20 while 4 facts died.',
    );
    const render = (format: 'md' | 'html' | 'json') => renderReport(rising, { format, notes: false }) ?? '';
    expect(render('md')).toMatch(/## What is known at the end[\s\S]+\| 3 \| 1 of 7 \| 0\.60 \|/);
    expect(render('md')).toMatch(
      /\| F4 \| Metering \| “Only 12 of 58 pumps have a meter” .+ \| used \| .+no more than 12/,
    );
    expect(render('html')).toContain('<h2 id="facts-h">What is known at the end</h2>');
    expect(JSON.parse(render('json')).facts.warning).toMatchObject({ since: 1, lost: 4 });
  });
});
