import { listen } from '../test/helpers/provider-server/listen.ts';
import { answer } from './scripted-debate.ts';

// A process of its own, so that the server's work is not timed as the caller's.
const server = await listen({ answer, keep: false });
process.send?.(server.baseUrl);
process.on('disconnect', () => process.exit(0));
