type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy through which an address is reached, from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as curl reads
 * them, in either case; null for none. What runs on this machine is reached without one, unless the proxy runs here too.
 */
export function proxyFor(url: URL, variables: Variables): URL | null {
  const scheme = url.protocol.replace(':', '');
  const given = variableOf(`${scheme}_proxy`, variables) ?? variableOf('all_proxy', variables);
  if (given === undefined || !/^https?$/.test(scheme)) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const proxy = URL.canParse(address) ? new URL(address) : null;
  if (proxy === null || !/^https?:$/.test(proxy.protocol)) return null;
  if (isLoopback(url.hostname) && !isLoopback(proxy.hostname)) return null;
  return isExcepted(url, variableOf('no_proxy', variables) ?? '') ? null : proxy;
}

function variableOf(name: string, variables: Variables): string | undefined {
  return [variables[name], variables[name.toUpperCase()]].find((value) => value?.trim())?.trim();
}

function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
}

/** NO_PROXY: names, which cover what lies below them, addresses, IPv4 ranges as 10.0.0.0/8, each with or without a port; * for all. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  const ownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', onPort] = /^(.*?)(?::(\d+))?$/.exec(entry.replace(/^\[(.*)\]/, '$1')) ?? [];
      const isAddress = entry.split(':').length > 2;
      if (!isAddress && onPort !== undefined && onPort !== ownPort) return false;
      const bare = (isAddress ? entry : name).replace(/^\*?\./, '').replace(/[[\]]/g, '');
      return host === bare || host.endsWith(`.${bare}`) || isInRange(host, bare);
    });
}

function isInRange(host: string, range: string): boolean {
  const [base = '', bits] = range.split('/');
  const [address, start] = [numberOf(host), numberOf(base)];
  if (bits === undefined || address === null || start === null) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor(start / size);
}

function numberOf(address: string): number | null {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256))
    return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
