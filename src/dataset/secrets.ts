/** What was found; the text itself is never repeated in a message. */
export type SecretKind = 'key' | 'private-key' | 'email' | 'phone' | 'card' | 'bank-account';

const keys = [
  // Keys with a prefix of their own: OpenAI, Anthropic, GitHub, GitLab, AWS, Google, Slack, Stripe, Hugging Face, npm.
  /\b(?:sk-[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{35}|xox[abprs]-[\w-]{10,}|[rs]k_live_\w{16,}|hf_[A-Za-z0-9]{30,}|npm_[A-Za-z0-9]{36})\b/,
  // JSON Web Tokens.
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
];
const privateKey = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;
const email = /(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])/;
const phone = /(?<![\w+])\+\d{1,3}[ ().-]{0,2}(?:\d[ ().-]{0,2}){7,12}\d(?!\d)/;
const card = /(?<![\d.,-])(?:\d[ -]?){12,18}\d(?![\d.,-]\d)/g;
const bankAccount = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g;

/** Looks for keys and personal data. Patterns find what has a form; names and addresses in prose they do not. */
export function secretsIn(text: string): SecretKind[] {
  const found: SecretKind[] = [];
  if (keys.some((key) => key.test(text))) found.push('key');
  if (privateKey.test(text)) found.push('private-key');
  if (text.includes('@') && email.test(text)) found.push('email');
  if (text.includes('+') && phone.test(text)) found.push('phone');
  if ([...text.matchAll(card)].some(([digits]) => passesLuhn(digits))) found.push('card');
  if ([...text.matchAll(bankAccount)].some(([account]) => isBankAccount(account))) found.push('bank-account');
  return found;
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  const values = [...digits.replace(/\D/g, '')].map(Number).reverse();
  const sum = values.reduce((total, value, place) => {
    const doubled = place % 2 === 1 ? value * 2 : value;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0 && new Set(values).size > 1;
}

/** ISO 13616: the remainder by 97 is 1. */
function isBankAccount(account: string): boolean {
  const bare = account.replaceAll(' ', '');
  if (bare.length < 15 || bare.length > 34) return false;
  const digits = [...`${bare.slice(4)}${bare.slice(0, 4)}`]
    .map((letter) => Number.parseInt(letter, 36))
    .join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
