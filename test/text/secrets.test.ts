import { describe, expect, test } from 'vitest';
import { secretsIn } from '../../src/dataset/filters.ts';
import { redactorOf } from '../../src/models/redact.ts';

/** Letters and digits of no key that exists. */
const letters = 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY'.repeat(2);

/** An invented key of each kind: what stands around it, and what must not be shown. */
const kinds: Record<string, [text: string, secret: string]> = {
  OpenAI: [`sk-proj-${letters}`, letters],
  Anthropic: [`sk-ant-api03-${letters}`, letters],
  Groq: [`gsk_${letters.slice(0, 52)}`, letters.slice(0, 52)],
  xAI: [`xai-${letters}`, letters],
  Perplexity: [`pplx-${letters.slice(0, 48)}`, letters.slice(0, 48)],
  Replicate: [`r8_${letters.slice(0, 37)}`, letters.slice(0, 37)],
  LangSmith: [`lsv2_pt_${letters.slice(0, 40)}`, letters.slice(0, 40)],
  'Hugging Face': [`hf_${letters.slice(0, 34)}`, letters.slice(0, 34)],
  GitHub: [`ghp_${letters.slice(0, 36)}`, letters.slice(0, 36)],
  Google: [`AIza${letters.slice(0, 35)}`, letters.slice(0, 35)],
  'Google OAuth': [`ya29.${letters}`, letters],
  Slack: ['xoxb-123456789012-abcdefghijkl', '123456789012-abcdefghijkl'],
  'Slack hook': [
    `https://hooks.slack.com/services/T00000000/B00000000/${letters.slice(0, 24)}`,
    letters.slice(0, 24),
  ],
  'AWS key id': ['AKIA1234567890ABCDEF', '1234567890ABCDEF'],
  'AWS secret': [
    'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYINVENTED',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYINVENTED',
  ],
  Azure: ['api-key: 0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
  Stripe: [`sk_test_${letters.slice(0, 24)}`, letters.slice(0, 24)],
  Telegram: [`123456789:AAF${letters.slice(0, 32)}`, letters.slice(0, 32)],
  Bearer: [`Authorization: Bearer ${letters.slice(0, 30)}`, letters.slice(0, 30)],
  Basic: ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'dXNlcjpwYXNzd29yZA'],
  'address of a database': ['postgres://me:hunter2secret@db.example/x', 'hunter2secret'],
  'key in an address': ['https://host.example/x?key=abcdef1234567&a=1', 'abcdef1234567'],
  JWT: [
    `eyJ${letters.slice(0, 20)}.eyJ${letters.slice(0, 30)}.${letters.slice(0, 30)}`,
    letters.slice(0, 20),
  ],
  'private key': ['-----BEGIN RSA PRIVATE KEY-----', '-----BEGIN RSA PRIVATE KEY-----'],
};

describe('one list of keys', () => {
  test.each(Object.entries(kinds))('hides and finds a key of %s', (_name, [text, secret]) => {
    const inProse = `We say (${text}), and go on.`;
    expect(redactorOf([])(inProse)).not.toContain(secret);
    expect(redactorOf([])(inProse)).toContain('[key hidden]');
    expect(secretsIn(inProse)).not.toEqual([]);
  });

  test.each([
    'The basic understanding/agreement between both sides stands.',
    'Basic principles and the bearer of good news.',
    'The password: patience. The key: verification.',
    'Set OPENAI_API_KEY: <your key>, or api_key = YOUR_KEY.',
    'We keep 1,200 inspectors at $4,500 on 12 March 2019 [P3].',
    'A task-force of the sub-committee met at 10:30.',
  ])('finds none in %s', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });

  test('is looked through in time that grows with the text', () => {
    for (const piece of [
      '1',
      '1-',
      'AB12 ',
      'A1A1 ',
      'a@',
      'a.',
      '+1 (',
      'eyJaaaaaaaaaa.',
      'sk-',
      'key=',
      'Basic ',
      '://a:',
    ]) {
      const before = process.threadCpuUsage();
      secretsIn(piece.repeat(500_000 / piece.length));
      const { user, system } = process.threadCpuUsage(before);
      expect((user + system) / 1000, piece).toBeLessThan(1000);
    }
  });
});
