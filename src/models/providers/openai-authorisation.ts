import type { OpenAIConnection } from './openai.ts';

/** Headers that OpenAI's library is to leave out. */
type LeftOut = Record<string, null>;

/**
 * How a key reaches OpenAI's library. It insists on one, and would send whatever stands in its place: to a server
 * that needs none, the header is left out. So is from another's server what the library takes from the environment
 * to tell OpenAI of an account there.
 */
export function authorisation({ apiKey, isCompatible }: Pick<OpenAIConnection, 'apiKey' | 'isCompatible'>): {
  apiKey: string;
  headers: LeftOut;
} {
  const account: LeftOut = isCompatible ? { 'OpenAI-Organization': null, 'OpenAI-Project': null } : {};
  return apiKey === ''
    ? { apiKey: 'none', headers: { ...account, Authorization: null } }
    : { apiKey, headers: account };
}
