import { type Outcome, success } from '../debate/outcome.ts';
import { fillTemplate, loadSections, type Placeholder, whyPlaceholders } from './template.ts';

/** What stands in the place of a speech when its effect is measured; see prompts/why.md. */
export interface ReplacementSpeeches {
  /** What a speaker is asked whenever it answers again, by the title of the issue. */
  question(issue: string): string;
  silence(): string;
  bare(stand: BareStand): string;
  /** The bare stand with sentences that give no reason, up to about `words` words in all. */
  vacuous(stand: BareStand, words: number): string;
}

/** A stand in the agenda's own wording: at an anchor, nearer to one than to the next, or half way between the two. */
export interface BareStand {
  /** Title of the issue. */
  issue: string;
  wording: { at: string } | { near: string; far: string } | { low: string; high: string };
}

/** Reads why.md of a prompt folder; fails with the first of its faults. */
export function loadReplacementSpeeches(promptRoot: string): Outcome<ReplacementSpeeches, 'bad-prompts'> {
  const parts = loadSections<Part>(promptRoot, 'why.md', whyPlaceholders);
  return parts.ok ? success(speechesOf((name) => parts.value[name])) : parts;
}

type Part = 'question' | 'silence' | 'bare' | 'near' | 'between' | 'vacuous';

function speechesOf(part: (name: Part) => string): ReplacementSpeeches {
  const fill = (name: Part, values: Partial<Record<Placeholder, string>>) => fillTemplate(part(name), values);
  const placed = (wording: BareStand['wording']) =>
    'at' in wording ? wording.at : fill('near' in wording ? 'near' : 'between', wording);
  const bare = ({ issue, wording }: BareStand) => fill('bare', { issue, stand: placed(wording) });
  const padding = part('vacuous')
    .split('\n')
    .map((line) => line.replace(/^-\s+/, '').trim())
    .filter((line) => line !== '');
  return {
    question: (issue) => fill('question', { issue }),
    silence: () => part('silence'),
    bare,
    vacuous(stand, words) {
      const sentences = [bare(stand)];
      for (let next = 0; countWords(sentences) < words; next++) {
        const sentence = padding[next % padding.length] as string;
        // Nearer to the wanted length without it: that is as near as whole sentences come.
        if (countWords([...sentences, sentence]) - words > words - countWords(sentences)) break;
        sentences.push(sentence);
      }
      return sentences.join(' ');
    },
  };
}

function countWords(sentences: readonly string[]): number {
  return sentences.join(' ').split(/\s+/).length;
}
