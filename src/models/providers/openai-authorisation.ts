/**
 * How a key reaches OpenAI's library. It insists on one, and would send whatever stands in its place: to a server
 * that needs none, the header is left out.
 */
export function authorisation(apiKey: string): { apiKey: string; headers: Record<string, null> } {
  return apiKey === '' ? { apiKey: 'none', headers: { Authorization: null } } : { apiKey, headers: {} };
}
