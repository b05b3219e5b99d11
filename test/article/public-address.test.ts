import { describe, expect, it } from 'vitest';
import { checkAddress, type Guard, isPublicAddress } from '../../src/article/guard.ts';

it.each(['8.8.8.8', '93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '2001:4860:4860::8888'])(
  'takes %s for public',
  (address) => expect(isPublicAddress(address)).toBe(true),
);

it.each([
  ['loopback', '127.0.0.1'],
  ['all of loopback', '127.8.8.8'],
  ['private', '10.1.2.3'],
  ['private', '172.16.0.1'],
  ['private', '192.168.1.1'],
  ['link-local', '169.254.1.1'],
  ['cloud metadata', '169.254.169.254'],
  ['cloud metadata', '100.100.100.200'],
  ['cloud metadata', 'fd00:ec2::254'],
  ['inside a cloud', '168.63.129.16'],
  ['carrier', '100.64.0.1'],
  ['this network', '0.0.0.0'],
  ['this network', '0.1.2.3'],
  ['benchmarking', '198.18.0.1'],
  ['documentation', '203.0.113.1'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['loopback', '::1'],
  ['unspecified', '::'],
  ['unique local', 'fc00::1'],
  ['link-local', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%eth0'],
  ['site-local', 'fec0::1'],
  ['multicast', 'ff02::1'],
  ['documentation', '2001:db8::1'],
  ['mapped private', '::ffff:10.0.0.1'],
  ['mapped public', '::ffff:8.8.8.8'],
  ['compatible', '::127.0.0.1'],
  ['NAT64', '64:ff9b::7f00:1'],
  ['local NAT64', '64:ff9b:1::1'],
  ['6to4', '2002:7f00:1::'],
  ['Teredo', '2001:0:1::1'],
  ['not allotted', '4000::1'],
  ['no address', 'example.org'],
])('refuses %s: %s', (_range, address) => expect(isPublicAddress(address)).toBe(false));

describe('an address in any spelling', () => {
  const guard: Guard = { isAllowed: isPublicAddress, lookup: async () => [] };

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://127。0。0。1/',
    'http://①②⑦.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[0:0:0:0:0:ffff:7f00:1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost/',
    'http://LOCALHOST:8080/',
    'http://localhost./',
    'http://app.localhost/',
    'https://0/',
  ])('is refused before any look-up where it is local: %s', (address) => {
    const outcome = checkAddress(address, null, guard);
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'private-address' } });
    expect(!outcome.ok && outcome.failure.message).toMatch(/was not fetched: it leads to .*Save its text/);
  });

  it.each([
    ['ftp://example.org/a', 'only http and https'],
    ['file:///etc/passwd', 'only http and https'],
    ['javascript://example.org/%0aalert(1)', 'only http and https'],
    ['http://me:hidden@example.org/a', 'name or password'],
    ['http://me@example.org/a', 'name or password'],
    ['http://', 'is not an address'],
    ['http://me:hidden@exa mple.org/a', 'is not an address'],
    ['http://256.256.256.256/', 'is not an address'],
  ])('is refused where it is no plain web address: %s', (address, why) => {
    const outcome = checkAddress(address, null, guard);
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'bad-address' } });
    expect(!outcome.ok && outcome.failure.message).toContain(why);
    expect(!outcome.ok && outcome.failure.message).not.toContain('hidden');
  });

  it('is taken where it is public', () => {
    expect(checkAddress('https://93.184.215.14/a', null, guard)).toMatchObject({ ok: true });
    expect(checkAddress('../b', new URL('https://example.org/x/y'), guard)).toMatchObject({
      ok: true,
      value: new URL('https://example.org/b'),
    });
  });
});
