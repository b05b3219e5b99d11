import { describe, expect, test } from 'vitest';
import { secretsIn } from '../../src/dataset/filters.ts';
import { redactorOf } from '../../src/models/redact.ts';

/** Letters and digits of no key that exists, in the alphabets that providers draw from. */
const mixed = (length: number) => 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY'.repeat(4).slice(0, length);
const hex = (length: number) => '0f3a9c7e1b5d2846'.repeat(8).slice(0, length);
const lower = (length: number) => 'a3b9c2d8e1f7g4h6'.repeat(8).slice(0, length);
const upper = (length: number) => lower(length).toUpperCase();

/** Invented keys: what tells them is before, what must not be shown is the whole. */
const keys: Record<string, string> = {
  OpenAI: `sk-${mixed(48)}`,
  'OpenAI project': `sk-proj-${mixed(60)}_${mixed(40)}`,
  'OpenAI admin': `sk-admin-${mixed(50)}`,
  'OpenAI, masked': 'sk-proj-********abcd',
  Anthropic: `sk-ant-api03-${mixed(90)}AA`,
  OpenRouter: `sk-or-v1-${hex(64)}`,
  DeepSeek: `sk-${hex(32)}`,
  Groq: `gsk_${mixed(52)}`,
  xAI: `xai-${mixed(80)}`,
  Perplexity: `pplx-${mixed(48)}`,
  Cerebras: `csk-${lower(48)}`,
  Fireworks: `fw_${mixed(24)}`,
  Together: `tgp_v1_${mixed(43)}`,
  NVIDIA: `nvapi-${mixed(64)}`,
  Replicate: `r8_${mixed(37)}`,
  Voyage: `pa-${mixed(43)}`,
  Jina: `jina_${hex(32)}${mixed(28)}`,
  'Hugging Face': `hf_${mixed(34)}`,
  ElevenLabs: `sk_${hex(48)}`,
  Pinecone: `pcsk_${mixed(6)}_${mixed(60)}`,
  LangSmith: `lsv2_pt_${hex(32)}_${hex(10)}`,
  Langfuse: `sk-lf-${hex(8)}-${hex(4)}-4a2b-9c3d-${hex(12)}`,
  Tavily: `tvly-dev-${mixed(32)}`,
  Firecrawl: `fc-${hex(32)}`,
  RunPod: `rpa_${upper(40)}`,
  Zhipu: `${hex(32)}.${mixed(16)}`,
  Baidu: `bce-v3/ALTAK-${mixed(21)}/${hex(40)}`,
  Bedrock: `ABSK${mixed(100)}=`,
  Gemini: `AQ.Ab8${mixed(44)}`,
  Brave: `BSA${mixed(28)}`,
  GitHub: `ghp_${mixed(36)}`,
  'GitHub, fine-grained': `github_pat_${mixed(22)}_${mixed(59)}`,
  GitLab: `glpat-${mixed(20)}`,
  npm: `npm_${mixed(36)}`,
  PyPI: `pypi-AgEIcHlwaS5vcmc${mixed(80)}`,
  Docker: `dckr_pat_${mixed(27)}`,
  Atlassian: `ATATT3xFfGF0${mixed(100)}`,
  Linear: `lin_api_${mixed(40)}`,
  Notion: `ntn_${mixed(46)}`,
  Sentry: `sntrys_${mixed(80)}`,
  Grafana: `glsa_${mixed(32)}_${hex(8)}`,
  Airtable: `pat${mixed(14)}.${hex(64)}`,
  DigitalOcean: `dop_v1_${hex(64)}`,
  Supabase: `sb_secret_${mixed(22)}_${mixed(8)}`,
  Doppler: `dp.pt.${mixed(43)}`,
  Vault: `hvs.${mixed(90)}`,
  Terraform: `${mixed(14)}.atlasv1.${mixed(67)}`,
  Fly: `FlyV1 fm2_${mixed(90)}`,
  Tailscale: `tskey-auth-${mixed(12)}CNTRL-${mixed(32)}`,
  Shopify: `shpat_${hex(32)}`,
  Square: `sq0atp-${mixed(22)}`,
  Stripe: `sk_live_${mixed(24)}`,
  'Stripe hook': `whsec_${mixed(32)}`,
  SendGrid: `SG.${mixed(22)}.${mixed(43)}`,
  Mailgun: `key-${hex(32)}`,
  Mailchimp: `${hex(32)}-us12`,
  Brevo: `xkeysib-${hex(64)}-${mixed(16)}`,
  Twilio: `SK${hex(32)}`,
  Telegram: `123456789:AAF${mixed(32)}`,
  Discord: `MTA${mixed(21)}.Gh4x2Z.${mixed(38)}`,
  Slack: 'xoxb-123456789012-abcdefghijkl',
  'Slack hook': `hooks.slack.com/services/T00000000/B00000000/${mixed(24)}`,
  'AWS key id': 'AKIA1234567890ABCDEF',
  'Azure AD': `abc8Q~${mixed(34)}`,
  Google: `AIza${mixed(35)}`,
  'Google OAuth': `ya29.${mixed(64)}`,
  Databricks: `dapi${hex(32)}`,
  Mapbox: `sk.eyJ${mixed(60)}.${mixed(22)}`,
  JWT: `eyJ${mixed(20)}.eyJ${mixed(30)}.${mixed(30)}`,
  'private key': '-----BEGIN RSA PRIVATE KEY-----',
  'OpenPGP key': '-----BEGIN PGP PRIVATE KEY BLOCK-----',
};

/** Keys that only what stands before them gives away. */
const beside: [before: string, key: string][] = [
  ['MISTRAL_API_KEY=', mixed(32)],
  ['COHERE_API_KEY: ', mixed(40)],
  ['DEEPGRAM_API_KEY="', hex(40)],
  ['"apiKey": "', hex(32)],
  ['export SLACK_SIGNING_SECRET=', hex(32)],
  ['HF_TOKEN=', mixed(20)],
  ['aws_secret_access_key = ', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYINVENTED'],
  ['AccountKey=', `${mixed(86)}==`],
  ['api-key: ', hex(32)],
  ['password: ', 'hunter2!x'],
  ['{"password":"', 'Tr0ub4dor-3'],
  ['Authorization: Bearer ', mixed(30)],
  ['Authorization: Basic ', 'dXNlcjpwYXNzd29yZA=='],
  ['https://host.example/x?key=', 'abcdef1234567'],
  ['https://x.blob.example/c?sv=2022&sig=', `${mixed(43)}%3D`],
  ['postgres://', 'app:correcthorse'],
  ['redis://', ':hunter2secret'],
];

const found = (text: string) => [redactorOf([])(text), secretsIn(text)] as const;

describe('one list of keys', () => {
  test.each(Object.entries(keys))('hides and finds a key of %s', (_name, key) => {
    const [shown, kinds] = found(`We say (${key}), and go on.`);
    expect(shown).toBe('We say ([key hidden]), and go on.');
    expect(kinds).toContain(key.startsWith('-----') ? 'private-key' : 'key');
  });

  test.each(beside)('hides and finds what stands after %s', (before, key) => {
    const after = before.endsWith('"') ? '"' : before.endsWith('://') ? '@db.example/x' : ' and more';
    const [shown, kinds] = found(`We say ${before}${key}${after}`);
    expect(shown).not.toContain(key.slice(0, 10));
    expect(shown).toContain('[key hidden]');
    expect(kinds).toContain('key');
  });

  test.each([
    'The basic understanding/agreement between both sides stands.',
    'Basic principles and the bearer of good news.',
    'The password: patience. The key: verification. Session key: agreed on 2019-02-28.',
    'Set OPENAI_API_KEY: <your key>, api_key = YOUR_KEY, key=$KEY or apiKey: process.env.API_KEY.',
    'postgres://user:password@localhost/db, sk-xxxxxxxxxxxxxxxxxxxxxxxx, ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'We keep 1,200 inspectors at $4,500 on 12 March 2019 [P3].',
    'A task-force of the sub-committee met at 10:30.',
    'Commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b, id 550e8400-e29b-41d4-a716-446655440000.',
    `sha256 ${hex(64)}, integrity sha512-${mixed(86)}==, ETag "${hex(40)}"`,
    `data:image/png;base64,iVBORw0KGgo${mixed(128)}+/${mixed(100)}=`,
    'https://news.example/sk-2024-election-results and https://news.example/pa-turnpike-reopens-after-crash-i-76',
    'https://video.example/watch?v=dQw4w9WgXcQ&list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf',
    'voyage-large-2-instruct, jina-embeddings-v3-base-en, xai-org-grok-2-vision-1212, gpt-5-mini-2025-08-07',
    'hf_hub_download, hf_transfer_is_on, npm_config_registry_of_this, sk-learn, fw-190-a-8-of-the-museum',
    'traceparent 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, max_tokens=4096&n=1',
    'https://sl.wikipedia.org/wiki/Ljubljana, https://SG.gov.sg/some/path/long-enough, hvs.example.com/abc/def/ghi',
    'napi_create_string_utf8, rubygems_version_requirement, pypi-publish-action-release, nfp_report_november_jobs_2024',
    'pk_test_something_here, sk-admin-dashboard-2024, key-performance-indicators-2024, co-operation-agreement-2019',
    'PRIMARY_KEY: customer_id2, sort_key=name_2, "key": "value1"',
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
