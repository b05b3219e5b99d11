// What two libraries of the screen do as they load, put off until it is needed or done the short way: together a
// quarter of the time to the first frame. A text that is not there fails the build, so that nothing is lost in silence.
import { readFile } from 'node:fs/promises';

/** One code point is an emoji by a small table; the large one, of sequences, takes 36 ms to build. */
const emoji = `let emojiSequences;
const oneEmoji = /^[\\p{Emoji_Presentation}--\\p{Regional_Indicator}]$/v;
const rgiEmojiRegex = {
	test: segment => segment.length <= (segment.codePointAt(0) > 0xFFFF ? 2 : 1)
		? oneEmoji.test(segment)
		: (emojiSequences ??= /^\\p{RGI_Emoji}$/v).test(segment),
};`;

const changes = [
  {
    file: /[\\/]string-width[\\/]index\.js$/,
    from: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
    to: emoji,
  },
  {
    // Its binary stands in the file itself; reading it by fetch would load all of node's fetch.
    file: /[\\/]yoga-wasm-base64-esm\.js$/,
    from: '"function"!=typeof fetch?Promise',
    to: '!0?Promise',
  },
];

/** For esbuild. */
export const quickStart = {
  name: 'quick-start',
  setup(build) {
    for (const { file, from, to } of changes) {
      build.onLoad({ filter: file }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        if (text.split(from).length !== 2)
          throw new Error(`${path} is not as it was: see scripts/quick-start.js`);
        return { contents: text.replace(from, () => to), loader: 'js' };
      });
    }
  },
};
