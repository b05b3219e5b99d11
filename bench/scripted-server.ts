import { listen } from '../test/helpers/provider-server/listen.ts';
import { answer } from './scripted-debate.ts';

// A process of its own, so that the server's work is not timed as the caller's.
// A number of milliseconds given to it is the time between two words.
const chunkEveryMs = Number(process.argv[2] ?? 0);
const server = await listen({ answer: (request) => ({ text: answer(request), chunkEveryMs }), keep: false });
process.send?.(server.baseUrl);
process.on('disconnect', () => process.exit(0));
