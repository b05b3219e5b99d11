import { expect, test } from 'vitest';
import { proxyFor } from '../../src/text/proxy-address.ts';

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
  ['http://127.0.0.1:11434', { HTTP_PROXY: proxy }, null],
  ['http://localhost:11434', { HTTP_PROXY: proxy }, null],
  ['http://127.0.0.1:11434', { HTTP_PROXY: 'http://127.0.0.1:3128' }, 'http://127.0.0.1:3128/'],
  ['https://api.test/v1', { HTTPS_PROXY: 'socks5://proxy.test:1080' }, null],
])('%s with %j goes through %s', (url, variables, expected) => {
  expect(through(url, variables)).toBe(expected);
});
