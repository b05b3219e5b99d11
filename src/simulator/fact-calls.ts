import { seededRandom, shuffled } from '../debate/seeded-random.ts';
import { sentencesOf } from '../text/sentences.ts';
import { contentStems } from '../text/words.ts';
import { wordCount } from './casing.ts';
import type { Prompt } from './parse-prompt.ts';
import type { Scene } from './scene.ts';

interface ExtractReply {
  facts: { issue: string; passage: number; quote: string }[];
}

interface TraceReply {
  uses: { fact: string; turn: number; how: 'used'; quote: string }[];
}

const factsPerIssue = 2;

/** Facts by issue: sentences with a figure, of the passages that the issue rests on, else of those that bear on it most. */
export function factsFor(scene: Scene, seed: number): ExtractReply {
  const random = seededRandom(seed, 'facts');
  const taken = new Set<string>();
  return {
    facts: scene.prompt.agenda.flatMap((issue) => {
      const ranked = scene.rankPassages.rank(`${issue.title} ${issue.question}`);
      const passages = [
        ...scene.passages.filter(({ number }) => issue.passages.includes(number)),
        ...ranked.flatMap(({ index }) => scene.passages[index] ?? []),
      ];
      const sentences = passages.flatMap(({ number, text }) =>
        sentencesOf(text).map((sentence) => ({ passage: number, quote: sentence.text.trim() })),
      );
      const apt = sentences.filter(({ quote }) => wordCount(quote) >= 6 && wordCount(quote) <= 40);
      const withFigure = apt.filter(({ quote }) => /\d/.test(quote));
      const chosen = [...shuffled(withFigure.slice(0, 4), random), ...apt]
        .filter(({ quote }) => !taken.has(quote))
        .slice(0, factsPerIssue);
      for (const { quote } of chosen) taken.add(quote);
      return chosen.map((fact) => ({ issue: issue.id, ...fact }));
    }),
  };
}

/** Share of a fact's words that a sentence must hold to say it. */
const sayingShare = 0.55;

/** Which facts of the list in the task the speeches say: those most of whose words stand in one sentence. */
export function usesFor({ task, heard }: Prompt): TraceReply {
  const facts = Array.from(
    (task?.text ?? '').matchAll(/^- (F\d+) \[P\d+\] on \S+: "(.+)"$/gm),
    ([, id = '', quote = '']) => ({ id, stems: [...new Set(contentStems(quote))] }),
  );
  const said = heard.flatMap(({ turn, text }) =>
    sentencesOf(text).map((sentence) => ({
      turn,
      quote: sentence.text.trim(),
      stems: new Set(contentStems(sentence.text)),
    })),
  );
  return {
    uses: facts.flatMap(({ id, stems }) => {
      const byTurn = new Map<number, { share: number; quote: string }>();
      for (const { turn, quote, stems: own } of said) {
        const share = stems.filter((stem) => own.has(stem)).length / Math.max(1, stems.length);
        if (share >= sayingShare && share > (byTurn.get(turn)?.share ?? 0))
          byTurn.set(turn, { share, quote });
      }
      return [...byTurn].map(([turn, { quote }]) => ({ fact: id, turn, how: 'used' as const, quote }));
    }),
  };
}
