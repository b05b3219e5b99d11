import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { shownAddress } from './shown-address.ts';
import type { ArticleFailure, Lookup } from './types.ts';

/** Addresses in public ranges that answer only inside a cloud, for its own machines. */
const insideClouds = new Set(['168.63.129.16']);

/** IPv6 that is routed for everyone (RFC 4291: global unicast as allotted so far). */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * May an article be fetched from this IP address? Only from addresses of the public internet: not from private,
 * loopback, link-local (cloud metadata), carrier, multicast, reserved and documentation ranges, nor from IPv6
 * forms that stand for an IPv4 address elsewhere (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || insideClouds.has(parsed.toString())) return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}

/** Decides where a request may go; asked for every address that is really connected to. */
export interface Guard {
  lookup: Lookup;
  isAllowed(address: string): boolean;
}

/** Thrown inside a connection attempt, where nothing else can be given back. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/** Reads an address a person or a server gave and refuses what is plainly out of bounds, before any look-up. */
export function checkAddress(given: string, base: URL | null, guard: Guard): Outcome<URL, ArticleFailure> {
  const url = URL.parse(given, base?.href);
  if (!url)
    return failure(
      'bad-address',
      `${withoutCredentials(given)} is not an address. Give one like https://example.org/article.`,
    );
  const shown = shownAddress(url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return failure(
      'bad-address',
      `${shown} cannot be fetched: only http and https addresses are. For a file, give its path.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    return failure(
      'bad-address',
      `${shown} contains a user name or password, which parley does not send. Save the text to a file and pass that file.`,
    );
  }
  const host = bareHost(url);
  const isLiteral = ipaddr.isValid(host);
  if (isLiteral ? !guard.isAllowed(host) : isLocalName(host) && !guard.isAllowed('127.0.0.1'))
    return failure('private-address', refusal(shown, host));
  return success(url);
}

/** A look-up for sockets that gives allowed addresses only. What it gives is connected to, so no second answer can slip in. */
export function guardedLookup(guard: Guard): LookupFunction {
  return (hostname, options, callback) => {
    allowedAddresses(hostname, guard).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: Error) => callback(error, '', 0),
    );
  };
}

/** A name that leads to a private address in any of its answers is refused as a whole. */
async function allowedAddresses(hostname: string, guard: Guard): Promise<LookupAddress[]> {
  const addresses = await guard.lookup(hostname);
  const refused = addresses.find(({ address }) => !guard.isAllowed(address));
  if (refused) throw new PrivateAddressError(refused.address);
  if (addresses.length === 0)
    throw Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' });
  return addresses;
}

/**
 * Refuses an address for which a proxy will connect where its name leads to a private address. A name that cannot be
 * looked up here, as in networks where only the proxy can, must be one of the public internet.
 */
export async function checkName(url: URL, guard: Guard): Promise<void> {
  const host = bareHost(url);
  if (ipaddr.isValid(host)) return;
  try {
    await allowedAddresses(host, guard);
  } catch (error) {
    if (error instanceof PrivateAddressError) throw error;
    if (isInnerName(host) && !guard.isAllowed('127.0.0.1')) throw new PrivateAddressError(host);
  }
}

/** One word, or below a name that is kept for networks of one's own (RFC 6762, RFC 8375, RFC 9476). */
function isInnerName(host: string): boolean {
  const name = host.replace(/\.+$/, '');
  return !name.includes('.') || /\.(local|internal|intranet|lan|home|corp|private|home\.arpa)$/i.test(name);
}

export function refusal(shown: string, address: string): string {
  return `${shown} was not fetched: it leads to ${address}, a private or local address. Save its text to a file and pass that file.`;
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function isLocalName(host: string): boolean {
  return /^(.*\.)?localhost\.*$/i.test(host);
}

/** For what cannot be read as an address, so that even then no password is shown. */
function withoutCredentials(given: string): string {
  return given
    .slice(0, 100)
    .replace(/\/\/.*@/, '//…@')
    .replace(/[\p{C}\s]+/gu, ' ');
}
