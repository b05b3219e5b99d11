/** A BCP 47 language tag in its usual spelling, such as fr or zh-Hans; null for what is none. */
export function languageTag(text: string): string | null {
  try {
    const tag = Intl.getCanonicalLocales(text.trim())[0];
    return tag !== undefined && names.of(tag) !== undefined ? tag : null;
  } catch {
    return null;
  }
}

/** What a language is called in English, such as French or Brazilian Portuguese. */
export function languageName(tag: string): string {
  return names.of(tag) ?? tag;
}

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
