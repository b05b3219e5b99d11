/** The head of a private key in text. */
export const armour = /-----BEGIN (?:[A-Z]{1,20} ){0,2}PRIVATE KEY(?: BLOCK)?-----/;

/** What keys of a kind begin with, of models, code and packages, clouds and databases, payment and mail; then letters at random. */
const prefixes = String.raw`
sk-(?:proj|svcacct|admin|ant|or-v1|lf)- pk-lf- gsk_ pplx- csk- nvapi- r8_ tgp_v1_ pcsk_ tvly- fc- rpa_ e2b_ wandb_v1_ fw_ jina_ api_org_ bce-v3/ALTAK- ABSK AQ\.Ab8
gh[pousr]_ github_pat_ gl(?:pat|ptt|dt|rt|cbt|ft|soat|imt|agent)- npm_ pypi- rubygems_ dckr_[po]at_ cio[A-Z] ATATT3 ATBB PMAK- lin_api_ ntn_ secret_ figd_
sntry[su]_ ph[cxs]_ gl(?:sa|c)_ NRAK- pat(?=[A-Za-z0-9]{14}\.) do[opr]_v1_ sbp_ sb_secret_ pscale_(?:tkn|pw|oauth)_ napi_ dp\.(?:pt|st|sa|ct)\. hv[sbr]\.
[A-Za-z0-9]{14}\.atlasv1\. nfp_ vc[pkia]_ FlyV1\s{0,2}fm\d_ fo1_ HRKU- tskey-(?:auth|api|client)- ops_eyJ AGE-SECRET-KEY-1 bkua_ CCIPAT_ shp(?:at|ss|ca|pa)_
sq0(?:atp|csp|idp)- EAAA(?=[\w-]{56}) EAA(?=[A-Za-z0-9]{100}) whsec_ SG\. xkeysib- re_ key- AIza ya29\. GOCSPX- 1//0 xapp-\d- [sp]k\.eyJ oauth: \d{8,10}:AA dapi
lsv2[_-] ls__ sl\. amzn\.mws\. hf_ xai- pa- voyage- ak- as- tok- co- BSA LTAI AKID AKLT`;

/** Forms that are keys wherever they stand: AWS, Twilio, Azure AD, Slack, Discord, web hooks; JSON Web Tokens; keys in armour. */
const certain: readonly RegExp[] = [
  /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b|\b(?:AC|SK)[0-9a-f]{32}\b|(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}/g,
  /\bxox[abceprs][.-][A-Za-z0-9.*-]{10,}|\b[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{27,}/g,
  /\bhooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/]{20,}|\bdiscord(?:app)?\.com\/api\/webhooks\/\d{16,}\/[\w-]{20,}/g,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g,
  new RegExp(armour, 'g'),
];

/** Words and names of models begin so as well: what follows must look drawn at random. `*` counts as a letter, since providers mask keys so. */
const likely: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<![A-Za-z0-9])(?:${prefixes.trim().split(/\s+/).join('|')})[\w*+/.-]{16,}={0,2}`,
    'g',
  ),
  /(?<![A-Za-z0-9])(?:(?:sk|rk|pk)[-_]|hf_)[A-Za-z0-9*_-]{6,}/g,
  // A number of 32 hexadecimal digits with a second part, as Zhipu and Mailchimp have them.
  /(?<![\w.-])[0-9a-f]{32}(?:\.[A-Za-z0-9]{16}|-us\d{1,2})(?![\w.-])/g,
];

/** What headers, addresses and names give away. */
const named: readonly RegExp[] = [
  /\bBearer\s{1,5}[^\s"',]{6,}|\bBasic\s{1,5}(?=[A-Za-z+/]{0,60}[0-9A-Z=])[A-Za-z0-9+/]{8,}={0,2}/gi,
  /(?<=(?<![A-Za-z0-9])(?:api[-_ ]?key|x-api-key|(?:shared)?[-_]?access[-_]?(?:key|token)|(?:secret|account|private|signing|encryption|subscription|service|licen[cs]e)[-_]?(?:access[-_]?)?key|client[-_]?secret|(?:auth(?:orization|entication)?|bearer|bot|refresh|session|id)[-_]?token|password|passwd|passphrase|pwd|authorization|[A-Za-z0-9]{1,40}_(?:token|secret|password))["']?\s{0,5}(?:[:=]|=>)\s{0,5}["']?)(?!Bearer\b|Basic\b)[^\s"',;&{}<>[\]()]{6,}/gi,
  /(?<=(?<![A-Za-z0-9])[A-Z][A-Z0-9_]{0,60}(?<!PRIMARY|FOREIGN|PUBLIC|SORT|PARTITION)_KEY["']?\s{0,5}(?:[:=]|=>)\s{0,5}["']?)[^\s"',;&{}<>[\]()]{6,}/g,
  /(?<=[?&](?:key|token|sig|signature|access_token|api_key|apikey|auth|secret|code)=)[^\s"'&<>]{6,}/gi,
];

const inAddresses = /(?<=:\/\/)[^\s/@:"'<>]{0,200}:[^\s/@"'<>]{1,200}(?=@[\w[])/g;

/** Letters, digits, - and _ in a row that a whole key has. */
const shortestRun = 18;

/** What no text without it holds a key: one cheap look in place of a pass for each form. */
function mayHoldKey(text: string): boolean {
  let run = 0;
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    // Letters, digits and _ - *, most frequent first.
    const isInRun =
      (code > 96 && code < 123) ||
      (code > 64 && code < 91) ||
      (code > 47 && code < 58) ||
      code === 45 ||
      code === 95 ||
      code === 42;
    run = isInRun ? run + 1 : 0;
    if (run >= shortestRun) return true;
  }
  return beside.test(text);
}

/** Short keys, and what stands before others. */
const beside =
  /[-_](?<=[srp]k[-_]|hf_|-----)|[:=](?<=(?:key|token|secret|passw(?:or)?d|passphrase|pwd|authorization|sig|signature|auth|code)["']?\s{0,5}[:=])|\/\/(?<=:\/\/)|\s(?<=bearer\s|basic\s)/i;

/** Words that documents put where a key would stand. */
const placeholder =
  /^(?:\$|<|\{|%|your|my[-_]|x{3,}|\*{3,}|\.{3}|example|none|null|undefined|env|process\.env|os\.|(?:user(?:name)?|me|root|admin):(?:pass(?:word)?|pw|secret|x+|\*+|\.+|\$.*)$)/i;

/**
 * The same text with everything that looks like a key replaced. Hides more than `holdsKey` finds: what stands beside a name whatever it
 * is, and keys that a provider masked.
 */
export function withoutKeys(text: string, replacement: string): string {
  if (!mayHoldKey(text)) return text;
  let clean = text;
  for (const form of [...certain, ...named, inAddresses]) clean = clean.replace(form, () => replacement);
  for (const form of likely)
    clean = clean.replace(form, (found) => (/\*|\w{24}/.test(found) || isDrawn(found) ? replacement : found));
  return clean;
}

/** True where a text holds what looks like a key; a name with a placeholder beside it is none, nor is a word with a key's prefix. */
export function holdsKey(text: string): boolean {
  if (!mayHoldKey(text)) return false;
  const holds = (forms: readonly RegExp[], isKey: (found: string) => boolean) =>
    // Most texts hold none, and to look for one costs less than to get ready for all.
    forms.some(
      (form) =>
        text.search(form) >= 0 &&
        [...text.matchAll(form)].some(([found]) => !placeholder.test(found) && isKey(found)),
    );
  return (
    holds(certain, isVaried) ||
    holds(likely, isDrawn) ||
    holds([inAddresses], () => true) ||
    holds(named, isValue)
  );
}

/** Not one letter again and again, as documents write a key that is none. */
function isVaried(found: string): boolean {
  return new Set(found.slice(-16)).size > 4;
}

/** A part with letters and digits in turn, which no word has: `sk-2024-results` has none. */
function isDrawn(found: string): boolean {
  return (
    isVaried(found) &&
    found.split(/[-_.]/).some((part) => {
      const changes = part.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)|[a-z](?=[A-Z])/g)?.length ?? 0;
      if (part.length >= 16) return changes > 0 || part.length >= 24 || part.includes('****');
      return part.length >= 6 && (changes > 1 || part.includes('****'));
    })
  );
}

/** A value is long, or has digits or changes of case; an ordinary word beside "password:" has not. */
function isValue(found: string): boolean {
  const value = found.replace(/^(?:Bearer|Basic)\s+/i, '');
  if (placeholder.test(value) || /^\d{1,4}(?:[-/.:,]\d{1,4})*$/.test(value)) return false;
  return /^\S{24,}$/.test(value) || /\d/.test(value) || /[a-z][A-Z]/.test(value);
}
