import ipaddr from 'ipaddr.js';

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
