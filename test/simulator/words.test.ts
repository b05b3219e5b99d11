import { describe, expect, it } from 'vitest';
import { issueWords } from '../../src/simulator/anchor-match.ts';
import { anchorForms, asDeal } from '../../src/simulator/anchor-words.ts';
import { asSubject, casingFrom, possessive, sentence, withoutStop } from '../../src/simulator/casing.ts';
import { echoOf } from '../../src/simulator/quoting.ts';
import { fill, settle } from '../../src/simulator/templates.ts';
import { listed } from '../../src/text/wording.ts';
import { library } from './scenarios.ts';

const casing = casingFrom([
  'Yesterday Pyongyang spoke, and the harbour was quiet.',
  'The DPRK and the council met.',
]);

describe('names inside a sentence', () => {
  it.each([
    ['DPRK negotiator', 'the DPRK negotiator'],
    ['State Department official', 'the State Department official'],
    ['Think-tank analyst', 'the think-tank analyst'],
    ["Growers' union", "the growers' union"],
    ['The Mayor', 'the Mayor'],
    ['Ana Ruiz', 'Ana Ruiz'],
    ['Council', 'the council'],
  ])('%s becomes %s', (name, subject) => {
    expect(asSubject(name, casing)).toBe(subject);
  });

  it('take the right possessive and the right list', () => {
    expect(possessive('the unions')).toBe("the unions'");
    expect(possessive('the union')).toBe("the union's");
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  });
});

describe('casing', () => {
  it('keeps names and acronyms and lowers ordinary words', () => {
    expect(casing.phrase('Pyongyang chooses one')).toBe('Pyongyang chooses one');
    expect(casing.phrase('DPRK staff')).toBe('DPRK staff');
    expect(casing.phrase('Opening hours')).toBe('opening hours');
    expect(casing.sentence('The gate opens')).toBe('the gate opens');
    expect(casing.sentence('Zanzibar waits')).toBe('Zanzibar waits');
    expect(casing.sentence("I'm here")).toBe("I'm here");
  });
});

describe('a sentence', () => {
  it('gets its capital and one stop, and leaves quotations alone', () => {
    expect(sentence('we say  so , and mean it..')).toBe('We say so, and mean it.');
    expect(sentence('it reads "all ... or nothing"')).toBe('It reads "all ... or nothing".');
    expect(sentence('he asked "why?".')).toBe('He asked "why?"');
    expect(withoutStop('It is so. ')).toBe('It is so');
    expect(withoutStop('It is so [P3].')).toBe('It is so [P3]');
  });
});

describe('templates', () => {
  it('settle nested choices and refuse a missing slot', () => {
    expect(settle('(a|b (c|d))', () => 0.99)).toBe('b d');
    expect(fill('{who} says {echo}', { who: 'she' })).toBeNull();
    expect(fill('{who} says so', { who: 'she' })).toBe('she says so');
  });
});

describe('anchors', () => {
  const [hours] = library.agenda;
  const model = issueWords(library.agenda)[0];

  it('stand as noun phrases or clauses, by what they are', () => {
    if (!hours) throw new Error('no issue');
    const forms = anchorForms(hours, model, casing);
    expect(asDeal(forms[3][0] ?? { kind: 'noun', text: '' }, 'a text', false)).toBe(
      'evening hours until eight on three weekdays',
    );
    const clause = {
      ...hours,
      anchors: { ...hours.anchors, 0: 'Doors close at five on weekdays, and nobody stays later.' },
    };
    const shut = anchorForms(clause, issueWords([clause])[0], casing)[0];
    expect(shut[0]).toMatchObject({ kind: 'clause' });
    expect(shut.map(({ text }) => text)).toContain('doors close at five on weekdays');
    expect(asDeal(shut[1] ?? { kind: 'noun', text: '' }, 'a text', true)).toBe(
      'one in which doors close at five on weekdays',
    );
    const hanging = {
      ...hours,
      anchors: { ...hours.anchors, 0: 'doors are locked at five and opened only when a member rings' },
    };
    const whole = anchorForms(hanging, issueWords([hanging])[0], casing)[0].map(({ text }) => text);
    expect(whole).toContain('doors are locked at five and opened only when a member rings');
    expect(whole.filter((text) => text.endsWith(' only'))).toEqual([]);
  });
});

describe('echoes', () => {
  it('are verbatim, whole phrases', () => {
    const said =
      'Easing is done in an afternoon; restoring takes years, because every trader who comes back acquires a reason to stay [P2].';
    const echo = echoOf(said, 'traders come back', []);
    expect(said).toContain(echo ?? 'nothing');
    expect(echo).toBe('every trader who comes back acquires a reason to stay');
  });

  it('are refused where they would quote a quotation or only a title', () => {
    expect(echoOf('They call it "a gift" and walk away from it', '', [])).toBeNull();
    expect(echoOf('Now to the opening hours at last', '', ['Opening hours'])).toBeNull();
  });
});
