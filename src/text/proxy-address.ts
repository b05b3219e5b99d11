type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy through which an address is reached, from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as curl reads
 * them, in either case; null for none. What runs on this machine is reached without one, unless the proxy runs here too.
 */
export function proxyFor(url: URL, variables: Variables): URL | null {
  const scheme = url.protocol.replace(':', '');
  const given = variableOf(`${scheme}_proxy`, variables) ?? variableOf('all_proxy', variables);
  if (given === undefined || !/^https?$/.test(scheme)) return null;
  const proxy = proxyAt(given);
  if (proxy === null) return null;
  if (isLoopback(url.hostname) && !isLoopback(proxy.hostname)) return null;
  return isExcepted(url, variableOf('no_proxy', variables) ?? '') ? null : proxy;
}

/** An http or https proxy as it is written, with or without its scheme; null for anything else. */
function proxyAt(given: string): URL | null {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const proxy = URL.canParse(address) ? new URL(address) : null;
  return proxy !== null && /^https?:$/.test(proxy.protocol) ? proxy : null;
}

/**
 * The variable that names what is no http proxy for an address that would be reached through it, with the scheme it names;
 * null where there is none. Its value may hold a password.
 */
export function faultyProxy(url: URL, variables: Variables): { name: string; scheme: string } | null {
  const own = `${url.protocol.replace(':', '')}_proxy`;
  const name = [own, 'all_proxy'].find((each) => variableOf(each, variables) !== undefined);
  const given = name && variableOf(name, variables);
  if (!name || !given || proxyAt(given) !== null || isLoopback(url.hostname)) return null;
  if (isExcepted(url, variableOf('no_proxy', variables) ?? '')) return null;
  return { name: name.toUpperCase(), scheme: /^([a-z][a-z0-9+.-]*):\/\//i.exec(given)?.[1] ?? '' };
}

function variableOf(name: string, variables: Variables): string | undefined {
  return [variables[name], variables[name.toUpperCase()]].find((value) => value?.trim())?.trim();
}

function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
}

/**
 * NO_PROXY: names, which cover what lies below them, addresses, ranges as 10.0.0.0/8 or fd00::/8, each with or without a port;
 * a star stands for any letters, alone for all.
 */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  const ownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return list
    .toLowerCase()
    .split(/[\s,;|]+/)
    .map((entry) => entry.replace(/^https?:\/\/([^/]+).*$/, '$1'))
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', onPort] = /^(.*?)(?::(\d+))?$/.exec(entry.replace(/^\[(.*)\]/, '$1')) ?? [];
      const isAddress = entry.split(':').length > 2;
      if (!isAddress && onPort !== undefined && onPort !== ownPort) return false;
      const bare = (isAddress ? entry : name).replace(/^\*?\./, '').replace(/[[\]]/g, '');
      if (bare.includes('*')) return wildcard(bare).test(host);
      return host === bare || host.endsWith(`.${bare}`) || isInRange(host, bare);
    });
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?:^|\\.)${parts.join('.*')}$`);
}

function isInRange(host: string, range: string): boolean {
  const [base = '', bits] = range.split('/');
  const [address, start] = [bitsOf(host), bitsOf(base)];
  if (bits === undefined || address === null || start === null || address.length !== start.length)
    return false;
  return address.slice(0, Number(bits)) === start.slice(0, Number(bits));
}

/** An address as its 32 or 128 bits; null for a name. */
function bitsOf(address: string): string | null {
  const isSix = address.includes(':');
  const [head = [], tail] = address.split('::').map((half) => half.split(isSix ? ':' : '.'));
  const ends = tail ?? [];
  const gap = tail ? Array<string>(Math.max(0, 8 - head.length - ends.length)).fill('0') : [];
  const parts = [...head, ...gap, ...ends].map((part) =>
    isSix ? Number.parseInt(part || '0', 16) : Number(part),
  );
  const most = isSix ? 65_535 : 255;
  if (parts.length !== (isSix ? 8 : 4)) return null;
  if (!parts.every((part) => Number.isInteger(part) && part >= 0 && part <= most)) return null;
  return parts.map((part) => part.toString(2).padStart(isSix ? 16 : 8, '0')).join('');
}
