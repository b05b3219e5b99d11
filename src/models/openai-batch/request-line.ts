/** What the requests of a job ask; a job has one kind. */
export const endpoint = '/v1/chat/completions';

/** One line of a job's file. */
export function requestLine(id: string, body: Record<string, unknown>): string {
  return JSON.stringify({ custom_id: id, method: 'POST', url: endpoint, body });
}
