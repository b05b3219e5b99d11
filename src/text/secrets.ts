/** Forms of keys, with a group of their own around what must not be shown where a name stands before it. */
const keyForms: readonly RegExp[] = [
  // OpenAI, Anthropic, OpenRouter and others (sk-), Stripe (sk_, rk_, pk_ live and test), Groq, xAI, Perplexity, Cerebras.
  /\b(?:sk|rk|pk)[-_](?:live_|test_|proj-|ant-|or-v1-|svcacct-)?[A-Za-z0-9*_-]{6,}/g,
  /\b(?:gsk|xai|pplx|csk|fw|nvapi|dop_v1|r8|tgp_v1|jina|voyage|pa)[-_][A-Za-z0-9*_-]{16,}/g,
  // LangSmith, Hugging Face, GitHub, GitLab, npm, PyPI.
  /\b(?:lsv2|ls__)[-_][A-Za-z0-9*_-]{6,}|\bhf_[A-Za-z0-9*]{6,}|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{22,}|\bglpat-[\w-]{16,}|\bnpm_[A-Za-z0-9]{30,}|\bpypi-[A-Za-z0-9_-]{40,}/g,
  // AWS, Google, Slack, Telegram, SendGrid, Twilio, Databricks.
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[A-Za-z0-9_-]{10,}|\bya29\.[A-Za-z0-9_-]{20,}|\bGOCSPX-[A-Za-z0-9_-]{20,}/g,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}|\bxapp-\d-[A-Za-z0-9-]{20,}|hooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/g,
  /\b\d{8,10}:AA[A-Za-z0-9_-]{30,}|\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|\b(?:AC|SK)[0-9a-f]{32}\b|\bdapi[0-9a-f]{32}\b/g,
  // JSON Web Tokens, and keys in armour.
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g,
  /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/g,
  // What headers and addresses carry.
  /\bBearer\s{1,5}[^\s"',]{6,}|\bBasic\s{1,5}(?=[A-Za-z+/]{0,60}[0-9A-Z=])[A-Za-z0-9+/]{8,}={0,2}/gi,
  /(?<=:\/\/)[^\s/@:]{1,200}:[^\s/@]{1,200}(?=@)/g,
  // Values beside a name that says what they are.
  /(?<=(?<![A-Za-z0-9])(?:api[-_]?key|x-api-key|access[-_]?(?:key|token)|(?:secret|account)[-_]?(?:access[-_]?)?key|client[-_]?secret|auth(?:orization)?[-_]?token|password|passwd|authorization)["']?\s{0,5}[:=]\s{0,5}["']?)(?!Bearer\b|Basic\b)[^\s"',;&{}<>[\]()]{6,}/gi,
  /(?<=[?&](?:key|token|sig|signature|access_token|api_key)=)[^\s"'&]{6,}/gi,
];

/** What no text without it holds a key: one pass in place of a pass for each form. A form added above adds to it. */
const hint =
  /[rsp]k[-_]|(?:gsk|xai|pplx|csk|fw|nvapi|dop_v1|r8|tgp_v1|jina|voyage|pa)[-_]|lsv2|ls__|hf_|gh[pousr]_|github_pat_|glpat-|npm_|pypi-|AKIA|ASIA|AIza|ya29\.|GOCSPX-|xox[abeprs]-|xapp-|hooks\.slack|:AA|SG\.|(?:AC|SK|dapi)[0-9a-f]{32}|eyJ|-----BEGIN|bearer\s|basic\s|:\/\/|(?:key|token|passw(?:or)?d|authorization)["']?\s{0,5}[:=]|[?&](?:sig|signature)=/i;

/** Words that documents put where a key would stand. */
const placeholder = /^(?:\$|<|your|my[-_]|x{4,}|\*{4,}|\.{3}|example|none|null|undefined|env)/i;

/** The same text with everything that looks like a key replaced. */
export function withoutKeys(text: string, replacement: string): string {
  if (!hint.test(text)) return text;
  let clean = text;
  for (const form of keyForms) clean = clean.replace(form, () => replacement);
  return clean;
}

/** True where a text holds what looks like a key; a name with a placeholder beside it is none. */
export function holdsKey(text: string): boolean {
  if (!hint.test(text)) return false;
  return keyForms.some((form) => {
    for (const [found] of text.matchAll(form)) if (!placeholder.test(found) && isRandom(found)) return true;
    return false;
  });
}

/** A key is long, or has digits or changes of case; an ordinary word beside "password:" has not. */
function isRandom(found: string): boolean {
  if (/^\S{24,}$/.test(found)) return true;
  return (
    /\d/.test(found) ||
    /[a-z][A-Z]/.test(found.replace(/^(?:Bearer|Basic)\s+/i, '')) ||
    found.startsWith('-----')
  );
}
