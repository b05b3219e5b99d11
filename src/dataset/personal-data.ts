import { holdsKey } from '../text/secrets.ts';

/** What was found; the text itself is never repeated in a message. */
export type SecretKind = 'key' | 'private-key' | 'email' | 'phone' | 'card' | 'bank-account';

const privateKey = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;
const email = /(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])/;
const phone = /(?<![\w+])\+\d{1,3}[ ().-]{0,2}(?:\d[ ().-]{0,2}){7,12}\d(?!\d)/;
const card = /(?<![\d.,-])\d(?:[ -]?\d){12,18}(?!\d|[.,-]\d)/g;
const bankAccount = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g;

/** Looks for keys and personal data. Patterns find what has a form; names and addresses in prose they do not. */
export function secretsIn(text: string): SecretKind[] {
  const found: SecretKind[] = [];
  if (!privateKey.test(text) && holdsKey(text)) found.push('key');
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
