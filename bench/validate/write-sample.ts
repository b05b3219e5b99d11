import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { caseOf, kinds, standsAfter } from './cases.ts';
import { domainsOf } from './domains/all.ts';
import { speakers, transcriptOf } from './transcript.ts';

// The constructed transcripts that come with parley for `parley validate`: one of each kind in two fields of talk, none of them held out.
const seeds = [1, 2];
const file = join(import.meta.dirname, '../../examples/validation/constructed.jsonl');

const talk = domainsOf('development').filter(({ phrasing }) => phrasing.isTalk);
const lines = kinds.flatMap((kind, place) =>
  seeds.map((seed) => {
    const domain = talk[(place + seed) % talk.length];
    if (!domain) throw new Error('no field of talk to make transcripts in');
    const made = caseOf(kind, domain, seed);
    const stands = standsAfter(made, made.rounds.length);
    const final = Object.fromEntries(
      speakers.map((speaker, principal) => [
        speaker,
        Object.fromEntries(domain.agenda.map(({ id }, issue) => [id, stands[principal]?.[issue] ?? null])),
      ]),
    );
    return JSON.stringify({
      id: made.id.replace(/\s+/g, '-'),
      agenda: domain.agenda.map(({ id, title, question, weight, anchors }) => ({
        ...{ id, title, question, weight, scale: anchors },
      })),
      speakers: speakers.map((id, place) => ({ id, name: domain.principals[place], principal: true })),
      turns: transcriptOf(made).map(({ turn, round, speaker, text }) => ({ n: turn, round, speaker, text })),
      labels: { final },
    });
  }),
);
await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${lines.join('\n')}\n`);
process.stdout.write(`Wrote ${lines.length} transcripts to ${file}.\n`);
