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

let names: Intl.DisplayNames | null = null;

/** Made with the first tag: node takes 10 ms for it. */
function nameOf(tag: string): string | undefined {
  names ??= new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  return names.of(tag);
}
