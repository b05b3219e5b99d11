import { option } from './command.ts';
import { names, wordOf } from './option-values.ts';

/** How a transcript that parley did not make is read. */
export const readingOptions = {
  speakers: option(
    '--speakers <names>',
    'comma-separated names; in plain text only these begin a turn',
    names,
  ),
  as: option(
    '--as <kind>',
    'read transcripts as this kind: json, labels, vtt, srt, csv, xml, chat, prompt, console, whatsapp, zoom, irc, discord, slack, minutes, turns, qa, records, bold or lines',
    wordOf([
      'json',
      'labels',
      'vtt',
      'srt',
      'csv',
      'xml',
      'chat',
      'prompt',
      'console',
      'whatsapp',
      'zoom',
      'irc',
      'discord',
      'slack',
      'minutes',
      'turns',
      'qa',
      'records',
      'bold',
      'lines',
    ]),
  ),
  leaveOut: option('--leave-out <names>', 'speakers who chair or instruct and take no position', names, {
    usual: 'moderator,chair,host,system',
  }),
};
