// What libraries do as they load, put off until it is needed or done the short way: together a quarter of the time to
// the first frame. A text that is not there fails the build, so that nothing is lost in silence.
import { resolve } from 'node:path';

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
  {
    // Only for commands that are files of their own, of which there are none; it loads node's sockets.
    file: /[\\/]commander[\\/]lib[\\/]command\.js$/,
    from: "import childProcess from 'node:child_process';",
    to: "const childProcess = { spawn: (...given) => process.getBuiltinModule('node:child_process').spawn(...given) };",
  },
  {
    // To build the class of all letters takes 3 ms, and no option of parley ends in dots.
    file: /[\\/]commander[\\/]lib[\\/]option\.js$/,
    from: 'this.variadic = /',
    to: "this.variadic = flags.includes('...') && /",
  },
  {
    // The pattern of all escape sequences is run over every word of a help, none of which has any.
    file: /[\\/]commander[\\/]lib[\\/]help\.js$/,
    from: 'return stripVTControlCharacters(str).length;',
    to: 'return (/[\\u001b\\u009b]/.test(str) ? stripVTControlCharacters(str) : str).length;',
  },
  {
    file: /[\\/]commander[\\/]lib[\\/]command\.js$/,
    from: 'stripColor: (str) => stripVTControlCharacters(str),',
    to: 'stripColor: (str) => (/[\\u001b\\u009b]/.test(str) ? stripVTControlCharacters(str) : str),',
  },
  {
    // Messages in fifty languages, more than half of zod, of which English alone is used.
    file: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/,
    from: /^[\s\S]*export \{ default as en \} from "\.\/en\.js";[\s\S]*$/,
    to: 'export { default as en } from "./en.js";',
  },
];

const quickStart = {
  name: 'quick-start',
  transform: {
    filter: { id: changes.map(({ file }) => file) },
    handler(text, path) {
      let changed = text;
      for (const { from, to } of changes.filter(({ file }) => file.test(path))) {
        if (changed.split(from).length !== 2)
          throw new Error(`${path} is not as it was: see scripts/quick-start.js`);
        changed = changed.replace(from, () => to);
      }
      return changed;
    },
  },
};

/** How everything is bundled that is to run as the command does. */
export const asShipped = {
  platform: 'node',
  external: [/^langchain(\/|$)/, 'canvas', 'unpdf'],
  transform: { target: 'node22.12', define: { 'process.env.NODE_ENV': '"production"' } },
  // Ink asks for the developer tools only when DEV=true; they are not shipped.
  resolve: { alias: { 'react-devtools-core': resolve(import.meta.dirname, 'empty-module.js') } },
  plugins: [quickStart],
};

const builtinImport =
  /(?<=^|[;}\n])import(?: ([\w$]+)| ?\* ?as ([\w$]+))?(?:,| )?(?:\{([^{}]*)\})? ?from ?"node:([\w/]+)";?/g;

/**
 * Node's own modules are taken as they are. To import one makes node read every one of its properties, the streams of
 * the terminal and all of `fs` among them: 2 to 5 ms each, and a start needs a dozen.
 */
export function withPlainBuiltins(script) {
  const taken = [];
  const rest = script.replace(builtinImport, (_whole, name, space, names, module) => {
    const from = `globalThis.process.getBuiltinModule("node:${module}")`;
    const whose = name ?? space;
    if (whose !== undefined) taken.push(`${whose}=${from}`);
    if (names !== undefined) taken.push(`{${names.replaceAll(/ as /g, ':')}}=${from}`);
    return '';
  });
  if (taken.length === 0) return script;
  const [, shebang = ''] = /^(#!.*\n)/.exec(rest) ?? [];
  return `${shebang}const ${taken.join(',')};\n${rest.slice(shebang.length)}`;
}
