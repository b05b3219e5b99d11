import { expect, test } from 'vitest';
import { faultyProxy, proxyFor } from '../../src/text/proxy-address.ts';

const through = (url: string, variables: Record<string, string>) =>
  proxyFor(new URL(url), variables)?.href ?? null;
const proxy = 'http://proxy.test:3128';

test.each([
  ['https://api.test/v1', { HTTPS_PROXY: proxy }, `${proxy}/`],
  ['https://api.test/v1', { https_proxy: 'proxy.test:3128' }, `${proxy}/`],
  ['https://api.test/v1', { ALL_PROXY: proxy }, `${proxy}/`],
  ['https://api.test/v1', { HTTP_PROXY: proxy }, null],
  ['http://api.test/v1', { HTTP_PROXY: proxy }, `${proxy}/`],
  ['https://api.test/v1', {}, null],
  ['https://api.test/v1', { HTTPS_PROXY: '  ' }, null],
  ['https://api.test/v1', { HTTPS_PROXY: proxy, NO_PROXY: 'other.test, api.test' }, null],
  ['https://eu.api.test/v1', { HTTPS_PROXY: proxy, no_proxy: '.api.test' }, null],
  ['https://myapi.test/v1', { HTTPS_PROXY: proxy, no_proxy: 'api.test' }, `${proxy}/`],
  ['https://api.test:8443/v1', { HTTPS_PROXY: proxy, NO_PROXY: 'api.test:443' }, `${proxy}/`],
  ['https://api.test/v1', { HTTPS_PROXY: proxy, NO_PROXY: 'api.test:443' }, null],
  ['https://api.test/v1', { HTTPS_PROXY: proxy, NO_PROXY: '*' }, null],
  ['http://10.1.2.3/v1', { HTTP_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }, null],
  ['http://11.1.2.3/v1', { HTTP_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }, `${proxy}/`],
  ['http://10.1.2.3/v1', { HTTP_PROXY: proxy, NO_PROXY: '10.1.*' }, null],
  ['http://11.1.2.3/v1', { HTTP_PROXY: proxy, NO_PROXY: '10.*' }, `${proxy}/`],
  ['http://[fd00::12]/v1', { HTTP_PROXY: proxy, NO_PROXY: 'fd00::/8' }, null],
  ['http://[fe00::12]/v1', { HTTP_PROXY: proxy, NO_PROXY: 'fd00::/8' }, `${proxy}/`],
  ['https://api.test/v1', { HTTPS_PROXY: proxy, NO_PROXY: 'x.test;https://api.test/' }, null],
  ['https://a.eu.test/v1', { HTTPS_PROXY: proxy, NO_PROXY: 'a.*.test' }, null],
  ['http://127.0.0.1:11434', { HTTP_PROXY: proxy }, null],
  ['http://localhost:11434', { HTTP_PROXY: proxy }, null],
  ['http://127.0.0.1:11434', { HTTP_PROXY: 'http://127.0.0.1:3128' }, 'http://127.0.0.1:3128/'],
  ['https://api.test/v1', { HTTPS_PROXY: 'socks5://proxy.test:1080' }, null],
])('%s with %j goes through %s', (url, variables, expected) => {
  expect(through(url, variables)).toBe(expected);
});

test.each([
  [{ HTTPS_PROXY: 'socks5://user:secret@proxy.test:1080' }, { name: 'HTTPS_PROXY', scheme: 'socks5' }],
  [{ all_proxy: 'http://' }, { name: 'ALL_PROXY', scheme: 'http' }],
  [{ HTTPS_PROXY: 'socks5://proxy.test', NO_PROXY: 'api.test' }, null],
  [{ HTTPS_PROXY: proxy, ALL_PROXY: 'socks5://proxy.test' }, null],
  [{ HTTP_PROXY: 'socks5://proxy.test' }, null],
])('of %j the one that is no http proxy is named: %j', (variables, fault) => {
  expect(faultyProxy(new URL('https://api.test/v1'), variables)).toEqual(fault);
});
