import { stringify } from 'yaml';
import { featuresOf } from '../column-types.ts';
import { maskedIn, removedFrom } from '../filters.ts';
import { columnsOf } from '../formats/training-format.ts';
import { sameEventFrom } from '../groups/article-groups.ts';
import { ktoRule, rankingRules } from '../pairs/pair-of-family.ts';
import { meaningOf, provenanceColumns } from '../row-provenance.ts';
import { maxLength, type Summary } from './summary.ts';

export const cardTags = ['synthetic', 'debate', 'negotiation', 'role-play', 'parley'];

/** The data set's README: what Hugging Face reads at its head, and what a person should know below. */
export function card(summary: Summary): string {
  const parts = [
    `---\n${stringify(headOf(summary), { lineWidth: 0 })}---`,
    `# ${summary.name}`,
    intro(summary),
    `## What is in it\n\n${rowTable(summary)}`,
    `## How to load it\n\n${loading(summary)}`,
    `## Columns\n\n${columns(summary)}`,
    `## What was left out\n\n${removed(summary)}`,
    `## Length\n\n${lengths(summary)}`,
    `## Splits\n\n${splits(summary)}`,
    `## How the rows were made\n\n${making(summary)}`,
    `## Articles\n\n${articles(summary)}`,
    `## Limits\n\n${limits(summary)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function headOf(summary: Summary) {
  const ofFormat = (name: string) => summary.files.filter(({ format }) => format === name);
  const present = summary.formats.filter(({ name }) => ofFormat(name).length > 0);
  // Parquet knows the types of its columns; JSON lines do not.
  const types = present
    .filter(({ name }) => ofFormat(name).every(({ kind }) => kind === 'jsonl'))
    .map((format) => ({ config_name: format.name, features: featuresOf(columnsOf(format, summary.notes)) }));
  return {
    pretty_name: summary.name,
    language: summary.languages,
    license: 'other',
    license_name: 'see-the-articles-licences',
    license_link: 'README.md',
    task_categories: ['text-generation'],
    tags: cardTags,
    size_categories: [sizeOf(summary)],
    configs: present.map(({ name }) => ({ config_name: name, data_files: dataFiles(summary, name) })),
    ...(types.length > 0 ? { dataset_info: types } : {}),
  };
}

/** Parquet where it is there, since it knows its own types. */
function dataFiles({ files }: Summary, format: string) {
  const own = files.filter((file) => file.format === format);
  const kind = own.some((file) => file.kind === 'parquet') ? 'parquet' : 'jsonl';
  const splits = [...new Set(own.map(({ split }) => split))];
  return splits.map((split) => ({
    split,
    path: `data/${format}/${split}${kind === 'parquet' ? '-*.parquet' : '.jsonl'}`,
  }));
}

function sizeOf({ counts }: Summary): string {
  const rows = Math.max(...Object.values(counts.rows).map((splits) => sum(Object.values(splits))));
  const steps: [number, string][] = [
    [1e3, 'n<1K'],
    [1e4, '1K<n<10K'],
    [1e5, '10K<n<100K'],
    [1e6, '100K<n<1M'],
  ];
  return steps.find(([most]) => rows < most)?.[1] ?? '1M<n<10M';
}

function intro({ hasSimulated, models, strategies, parley, madeAt }: Summary): string {
  const lines = [
    '**Synthetic.** Every word of every speech was written by a program: debates between personas that are roles, not people. Nothing here is a statement of any government or person, and none of it is a forecast.',
    `Made by parley ${parley} on ${madeAt.slice(0, 10)}. Models: ${models.map(code).join(', ')}. Strategies: ${strategies.map(code).join(', ')}.`,
  ];
  if (hasSimulated) {
    lines.push(
      '**Some rows hold words of parley’s built-in simulator, which is not a language model** (`simulated` is true in them). They test a pipeline; do not train a model for use on them.',
    );
  }
  return lines.join('\n\n');
}

function rowTable({ formats, counts }: Summary): string {
  const names = [...new Set(Object.values(counts.rows).flatMap((splits) => Object.keys(splits)))];
  const rows = formats.map(({ name, use }) => {
    const cells = names.map((split) => String(counts.rows[name]?.[split] ?? 0));
    return `| ${[code(name), ...cells, use].join(' | ')} |`;
  });
  const head = ['format', ...names, 'for'];
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---|').join('')}`, ...rows].join('\n');
}

/** Code that works on the folder as it is, for the first format. */
function loading({ files, formats, name, counts }: Summary): string {
  const [first] = formats.filter((format) => files.some((file) => file.format === format.name));
  const split = files.find((file) => file.format === first?.name)?.split ?? 'train';
  const longest = counts.tokens[first?.name ?? '']?.longest;
  const length = longest === undefined ? '' : `  # in TRL: max_length=${maxLength(longest)}`;
  return `\`\`\`python\nfrom datasets import load_dataset\n\nrows = load_dataset("path/to/${name}", "${first?.name}", split="${split}")${length}\n\`\`\`\n\n\`dataset_info.json\` is for LLaMA-Factory, \`axolotl.yaml\` for Axolotl, \`croissant.json\` says everything for programs (Croissant 1.1), \`SHA256SUMS\` holds the files’ hashes.`;
}

/** Own columns by format, then those that say where a row comes from. */
function columns({ formats, notes }: Summary): string {
  const own = formats.map(
    (format) =>
      `| ${code(format.name)} | ${Object.keys(columnsOf(format, notes))
        .filter((name) => meaningOf(name) === null)
        .map(code)
        .join(', ')} |`,
  );
  const common = Object.keys(provenanceColumns).map((name) => `| ${code(name)} | ${meaningOf(name)} |`);
  return `| format | columns of its own |\n|---|---|\n${own.join('\n')}\n\nWhere a row comes from, in every row (of bare formats in \`provenance/\`):\n\n| column | what it says |\n|---|---|\n${common.join('\n')}`;
}

function removed(summary: Summary): string {
  const left = removedFrom(summary.counts).map(({ count, what }) => `- ${count} ${what}`);
  const masked = maskedIn(summary.counts).map(
    ({ count, what }) => `- in histories, but not trained on: ${count} ${what}`,
  );
  const lines = [...left, ...masked];
  const all = `${summary.counts.debates} debates were looked at.`;
  return lines.length === 0 ? `${all} Nothing was left out.` : `${all} Left out:\n\n${lines.join('\n')}`;
}

/** Trainers cut rows at a length of their own choice, mostly without a word. */
function lengths({ counts }: Summary): string {
  const lines = Object.entries(counts.tokens).map(
    ([name, { longest }]) => `| ${code(name)} | ${longest} | ${maxLength(longest)} |`,
  );
  if (lines.length === 0) return 'No row is learned from as a conversation.';
  return `Tokens are estimated, \`tokens\` says them row by row. **Set the trainer’s maximum length** (TRL \`max_length\`, whose default of 1,024 would cut nearly all of a row; Axolotl \`sequence_len\`, LLaMA-Factory \`cutoff_len\`) to the last column, or make rows that fit with \`parley export --window TOKENS\`.\n\n| format | longest row | maximum length |\n|---|---|---|\n${lines.join('\n')}`;
}

function splits(summary: Summary): string {
  const shares = summary.splits.map(({ name, share }) => `${name} ${share}`).join(', ');
  const there = [...new Set(summary.files.map(({ split }) => split))];
  const missing = summary.splits.filter(({ name }) => !there.includes(name)).map(({ name }) => code(name));
  const none =
    missing.length > 0
      ? ` **There is no ${missing.join(' and no ')} split**: there are too few article groups; ask for ${there.map(code).join(' or ')} alone.`
      : '';
  return `Asked for: ${shares} of the article groups.${none} A group holds all debates on one declared event, on one article, and on articles that are near-duplicates (estimated Jaccard similarity of five-word shingles from ${sameEventFrom} on). All its personas, repeats and forks are in one split, chosen by the hash of the group’s name, so that debates added later move none. \`split_group\` names it in every row.`;
}

function making(summary: Summary): string {
  const { foldSystem, notes, ranking, counts, filters } = summary;
  const { exact, of } = counts.verified;
  const lines = [
    `Conversations are one persona’s view: its own speeches are \`assistant\`, what it was sent is \`user\`, rendered from the prompt files the run kept. In ${exact} of ${of} of them every prompt was rendered again to the hash that the journal keeps of what was sent; \`prompts_verified\` of \`own_turns\` says it row by row. Speeches asked for a second time, and those that a fork took over, were prompted otherwise.`,
    foldSystem
      ? 'The system text opens the first user message (`--fold-system`).'
      : 'The first message is the system text.',
    notes
      ? 'Private notes stand in a column of their own, never in a speech.'
      : 'Private notes are not included. Where a strategy asked for notes, its task texts still ask for them.',
    `Preference pairs come from forks of one debate at one turn: all that \`${ranking.rule}\` (${rankingRules[ranking.rule].what}) ranks at least ${ranking.leastMargin} apart. \`prompt_of\` is \`both\` where both speeches answered this very prompt; where every way on had a strategy of its own it is \`chosen\`: the prompt is the one that the chosen speech answered, and a trainer learns to answer it as that strategy does. \`differs\` says how the two ways on were made.`,
    `KTO labels each speech: good with a grounding of ${ktoRule.goodFrom} or more, no misquote and no breach of the role; bad below ${ktoRule.badBelow} or with a breach; others are left out.${labelled(summary)}`,
    filters.allForks
      ? 'Rows of forks were kept though they repeat speeches of the debates they come from (`--all-forks`).'
      : 'Each distinct speech is learned once. `sft` and `sharegpt` hold speeches that follow one another as one row; where some before them are not to be learned (a fork took them over, or they are masked), everything before stands in one message, so that a trainer which learns from every answer learns no other. `prompt-completion` and `kto` have a row for each speech, `grpo` one for each prompt. `grounding`, `misquotes` and `breaches` are of the speeches that the row teaches.',
    'In `openai` rows a speech that is not to be learned has weight 0. Trainers that drop weights must not be given them. Bare formats hold no other column; `provenance/` has one line for each of their rows, in the same order.',
    filters.nearDuplicates === null
      ? 'Near-duplicate debates were kept.'
      : `Debates whose speeches are like those of one before (estimated Jaccard similarity from ${filters.nearDuplicates} on) were left out, but still serve preference pairs.`,
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}

/** TRL wants the weights of both labels to balance their counts. */
function labelled({ counts }: Summary): string {
  return Object.entries(counts.labels)
    .map(([format, { good, bad }]) => {
      const weight = bad === 0 ? '' : `: set TRL’s \`undesirable_weight\` to ${(good / bad).toFixed(2)}`;
      return ` ${code(format)} has ${good} good and ${bad} bad${weight}.`;
    })
    .join('');
}

function articles({ articles: named, articleCount }: Summary): string {
  const rows = named.map(
    ({ title, source, licence, sha256, isShared }) =>
      `| ${[title, source, licence, code(sha256.slice(0, 12)), isShared ? 'full text' : 'withheld'].map(cell).join(' | ')} |`,
  );
  const rest = articleCount > named.length ? `\n\nand ${articleCount - named.length} more.` : '';
  const note =
    'Where the scenario does not allow an article’s text to be shared, the prompts hold its title, source, date and hash in place of its passages; speeches may still quote from it.';
  return `${note}\n\n| title | source | licence | SHA-256 | in the prompts |\n|---|---|---|---|---|\n${rows.join('\n')}${rest}`;
}

function limits({ filters }: Summary): string {
  return [
    '- Personas argue from one article and a written role. They are one-sided on purpose.',
    '- Grounding, fidelity and misquotes are counted by code; they see form and words, not truth.',
    '- Convergence is computed from positions that a model read; `convergence_low` and `convergence_high` bound its noise, not its bias.',
    filters.allowSecrets
      ? '- Nothing was scanned for keys or personal data.'
      : '- The scan for keys and personal data finds what has a form (keys, addresses of mail, numbers), not names in prose.',
  ].join('\n');
}

function cell(value: string): string {
  return value.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

function code(value: string): string {
  return `\`${value.replaceAll('`', '')}\``;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
