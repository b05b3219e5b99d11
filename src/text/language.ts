/** A BCP 47 language tag in its usual spelling, such as fr or zh-Hans; null for what is none. */
export function languageTag(text: string): string | null {
  try {
    const tag = Intl.getCanonicalLocales(text.trim())[0];
    return tag !== undefined && nameOf(tag) !== undefined ? tag : null;
  } catch {
    return null;
  }
}

/** What a language is called in English, such as French or Brazilian Portuguese. */
export function languageName(tag: string): string {
  return nameOf(tag) ?? tag;
}

/** Scripts, and marks within them, that tell a language; the first that holds. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff]/g, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Greek}/gu, 'el'],
  [/[ٹڈڑے]/g, 'ur'],
  [/[پچژگ]/g, 'fa'],
  [/\p{Script=Arabic}/gu, 'ar'],
];

/** Holds all letters of these scripts; prose in Latin ones has mostly none of it. */
const othersThanLatin = /[\u0370-\u1fff\u2100-\u214f\u2e80-\uffff]/;

/** The language that the letters of a text tell; undefined where several are written in them, as most are in Latin ones. */
export function languageByScript(text: string): string | undefined {
  const sample = text.slice(0, 5_000);
  if (!othersThanLatin.test(sample)) return undefined;
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return scripts.find(([script]) => (sample.match(script)?.length ?? 0) > letters / 50)?.[1];
}

let names: Intl.DisplayNames | null = null;

/** Made with the first tag: node takes 10 ms for it. */
function nameOf(tag: string): string | undefined {
  names ??= new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  return names.of(tag);
}
