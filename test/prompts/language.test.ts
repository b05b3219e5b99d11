import { describe, expect, test } from 'vitest';
import { checkScenario } from '../../src/prompts/list-prompts.ts';
import { withLanguage } from '../../src/prompts/load-kept.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import {
  renderDraft,
  renderOpening,
  renderReading,
  renderSteering,
} from '../../src/prompts/render-moderator.ts';
import { renderAnswer, renderSpeech } from '../../src/prompts/render-speech.ts';
import type { PromptSet } from '../../src/prompts/types.ts';
import { languageByScript, languageName, languageTag } from '../../src/text/language.ts';
import { asText, HarbourDebate } from './harbour.ts';
import { harbourWith, swap } from './scenario-folder.ts';

async function loaded(scenario: string): Promise<PromptSet> {
  const prompts = await loadPrompts({ promptRoot: 'prompts', scenario, strategy: 'plain' });
  if (!prompts.ok) throw new Error(prompts.failure.message);
  return prompts.value;
}

/** Every call that has words for people to read, in one text each. */
function callsOf(set: PromptSet): Record<string, string> {
  const cast = set.scenario.personas.map(({ member }) => member.id);
  const talk = new HarbourDebate(set);
  const opening = asText(renderOpening(set, talk.debate));
  talk.say('moderator', 'opening', 'Que voulez-vous ?');
  const speech = asText(renderSpeech(set, talk.debate, cast[0] as string));
  for (const id of cast) talk.say(id, 'speech', 'Nous avons une position.');
  talk.judged();
  const steering = asText(renderSteering(set, talk.debate));
  const draft = asText(renderDraft(set, talk.debate));
  talk.drafted('Voici le texte.', []);
  return {
    opening,
    speech,
    steering,
    draft,
    answer: asText(renderAnswer(set, talk.debate, cast[0] as string)),
  };
}

describe('the language of a scenario', () => {
  test('is asked for in every call of the cast and of the moderator', async () => {
    for (const [call, text] of Object.entries(callsOf(await loaded('us-dprk-talks-fr'))))
      expect([call, text.includes('prose, in French;')]).toEqual([call, true]);
    for (const [call, text] of Object.entries(callsOf(await loaded('us-dprk-talks'))))
      expect([call, text.includes('prose, in the language of the article;')]).toEqual([call, true]);
  });

  test('stands in the agenda that the judge reads, whose quotes are never translated', async () => {
    const set = await loaded('us-dprk-talks-fr');
    const talk = new HarbourDebate(set);
    const speakerOrder = set.scenario.personas.map(({ member }) => member.id);
    const issueOrder = set.scenario.agenda.map(({ id }) => id);
    const plan = { sample: 0, speakerOrder, issueOrder, reversed: true };
    const reading = asText(renderReading(set, talk.debate, plan));
    expect(reading).toContain('<agenda language="fr">');
    expect(reading).toContain('never translate a quote');
    expect(asText(renderReading(await loaded('us-dprk-talks'), talk.debate, plan))).toContain('<agenda>');
  });

  test('can be given to any scenario, and is kept with its prompt files', async () => {
    const set = withLanguage(await loaded('tram-line'), 'pt-BR');
    expect(set.scenario.language).toBe('pt-BR');
    expect(set.files.get('scenarios/tram-line/scenario.yaml')).toContain('language: pt-BR');
    expect(callsOf(set)['speech']).toContain('prose, in Brazilian Portuguese;');
    expect(withLanguage(set, 'pt-BR')).toBe(set);
  });

  test('is guessed by letters only where they tell it', () => {
    const letters = [
      '我们提议冻结',
      'これは凍結である。核は',
      'نقترح تجميد',
      'ما پیشنهاد می‌کنیم',
      '동결을 제안합니다',
      'Мы',
      'Oui',
      '',
    ];
    const languages = letters.map((text) => languageByScript(text) ?? 'unknown');
    expect(languages).toEqual(['zh', 'ja', 'ar', 'fa', 'ko', 'unknown', 'unknown', 'unknown']);
  });

  test('must be a language tag', async () => {
    const folder = await harbourWith({
      'scenario.yaml': swap('article: article.md', 'article: article.md\nlanguage: frensh!'),
    });
    const { faults } = await checkScenario(folder);
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('must be a language tag, such as fr, pt-BR or zh-Hans'),
    ]);
  });
});

describe('language tags', () => {
  test.each([
    ['fr', 'fr', 'French'],
    ['PT-br', 'pt-BR', 'Brazilian Portuguese'],
    ['zh-hans', 'zh-Hans', 'Simplified Chinese'],
    [' ar ', 'ar', 'Arabic'],
  ])('%s is %s, called %s', (given, tag, name) => {
    expect(languageTag(given)).toBe(tag);
    expect(languageName(tag)).toBe(name);
  });

  test.each(['', 'French', 'xx', 'fr_', '12'])('"%s" is none', (given) => {
    expect(languageTag(given)).toBeNull();
  });
});
