import type { PushFailure, PushResult } from '../../dataset/push/push-dataset.ts';
import { counted } from '../../text/figures.ts';
import { defineCommand, flag, option } from '../command.ts';
import { complain, print } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { text } from '../option-values.ts';

const remedies: Partial<Record<PushFailure, string>> = {
  'not-an-export': '. Make one with parley export.',
  unfit: '. Nothing was pushed; export it again.',
  secrets: '; export without those debates, or add --allow-secrets.',
  'no-token': '. Set HF_TOKEN to a token with write access, or add --dry-run.',
  unauthorized: '. Check that HF_TOKEN is a token with write access to this name.',
  'is-public': '. Add --public, or choose another name.',
  'other-dataset': '; choose another name, or add --replace.',
  conflict: '. Somebody else changed it meanwhile: run it again.',
  unreachable: '. Run it again to continue: what is there is not sent again.',
  hub: '. Run it again to continue: what is there is not sent again.',
};

/** `parley push`: an exported data set to the Hugging Face Hub. */
export const command = defineCommand({
  description:
    'Push an exported data set to the Hugging Face Hub, in one commit. It is checked and scanned for keys and personal data first; run again to continue. The token is read from HF_TOKEN, the address of another hub from HF_ENDPOINT.',
  argument: { help: 'the directory made by parley export' },
  options: {
    to: option('--to <name>', 'the data set on the Hub, OWNER/NAME, or NAME for your own', text, {
      isRequired: true,
    }),
    public: flag('--public', 'make it public, or push to one that is (private by default)'),
    replace: flag('--replace', 'change and delete files of a data set that is there'),
    allowSecrets: flag('--allow-secrets', 'skip the scan for keys and personal data'),
    message: option('--message <text>', 'the message of the commit', text),
    dryRun: flag('--dry-run', 'show what would be pushed, and write nothing'),
  },
  async action({ args: [folder = 'dataset'], options }, environment) {
    const { pushDataset } = await import('../../dataset/push/push-dataset.ts');
    const { withProgressLine } = await import('../progress-line.ts');
    const { HF_TOKEN, HF_ENDPOINT } = environment.variables;
    const { result: pushed, code } = await withProgressLine(environment, (line, signal) =>
      pushDataset({
        ...{ ...options, folder, repo: options.to, token: HF_TOKEN?.trim() || null, signal },
        ...(HF_ENDPOINT ? { endpoint: HF_ENDPOINT.replace(/\/+$/, '') } : {}),
        isPublic: options.public,
        onProgress: ({ phase, done, of }) =>
          line.show(phase === 'checking' ? 'files checked' : 'bytes uploaded', done, of),
      }),
    );
    if (!pushed.ok) {
      const { reason, message } = pushed.failure;
      return code ?? complain(environment, `${message}${remedies[reason] ?? ''}`);
    }
    print(environment, inWords(pushed.value, options.dryRun));
    return code ?? exitCode.done;
  },
});

function inWords(result: PushResult, isDry: boolean): string[] {
  const { repo, address, isPrivate, files, deleted, commit, articles, isLookedUp } = result;
  const of = (wanted: string) => files.filter(({ state }) => state === wanted);
  const sent = files.filter(({ state }) => state !== 'same');
  const megabytes = (sent.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1);
  const counts = `${of('new').length} new, ${of('changed').length} changed, ${of('same').length} already there, ${deleted.length} deleted`;
  const { full, withheld } = articles;
  const kind = isPrivate ? 'private' : 'public';
  return [
    ...(isDry
      ? [
          ...sent.map(({ path, bytes, state }) => `  ${state}: ${path} (${bytes} bytes)`),
          ...deleted.map((path) => `  deleted: ${path}`),
        ]
      : []),
    `${counted(files.length, 'file')}: ${counts}; ${megabytes} MB to send.`,
    `Article texts: in full in ${counted(full, 'row')}, withheld in ${withheld}.`,
    isDry
      ? `Nothing was pushed: this would go to ${repo} (${kind}).${isLookedUp ? '' : ' HF_TOKEN is not set, so the Hub was not asked what is there.'}`
      : commit === null
        ? `${repo} (${kind}) has all of it already: ${address}`
        : `Pushed to ${address} (${kind}), commit ${commit.slice(0, 12)}.`,
  ];
}
