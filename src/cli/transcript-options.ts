import { option } from './command.ts';
import { names, wordOf } from './option-values.ts';

const kinds = [
  ...['json', 'labels', 'vtt', 'srt', 'csv', 'xml', 'chat', 'prompt', 'console', 'whatsapp', 'zoom', 'irc'],
  ...['discord', 'slack', 'minutes', 'turns', 'qa', 'records', 'bold', 'lines'],
];

/** How a transcript that parley did not make is read. */
export const readingOptions = {
  speakers: option(
    '--speakers <names>',
    'comma-separated names; in plain text only these begin a turn',
    names,
  ),
  as: option(
    '--as <kind>',
    `read transcripts as this kind: ${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`,
    wordOf(kinds),
  ),
  leaveOut: option('--leave-out <names>', 'speakers who chair or instruct and take no position', names, {
    usual: 'moderator,chair,host,system',
  }),
};
