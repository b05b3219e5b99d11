import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChatTurn, Protocol } from './protocol.ts';
import { type ErrorReply, isErrorReply, piecesOf, type Reply, type StreamedReply } from './reply.ts';

/** Puts a reply on the wire, with whatever goes wrong in it. Resolves when nothing more will be sent. */
export async function sendReply(
  response: ServerResponse,
  reply: Reply,
  protocol: Protocol,
  model: string,
  messages: readonly ChatTurn[],
): Promise<void> {
  if (isErrorReply(reply)) return sendError(response, reply);
  if (reply.silent) return;
  if (reply.headersAfterMs) await wait(reply.headersAfterMs);
  response.writeHead(200, { 'content-type': protocol.contentType, ...reply.headers });
  response.write(protocol.opening(reply, model, messages));
  for (const thought of reply.reasoning ?? []) response.write(protocol.thought(thought));
  if (reply.refusal !== undefined) response.write(protocol.refusal(reply.refusal));
  const pieces = piecesOf(reply.text);
  const isWhole = await sendPieces(response, reply, protocol, pieces);
  if (isWhole) response.end(protocol.closing(reply, pieces, messages));
}

function sendError(response: ServerResponse, { status, headers, body }: ErrorReply): void {
  const isText = typeof body === 'string' || Buffer.isBuffer(body);
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body ?? { error: { message: `status ${status}` } }));
}

async function sendPieces(
  response: ServerResponse,
  reply: StreamedReply,
  protocol: Protocol,
  pieces: readonly string[],
): Promise<boolean> {
  const { fault, chunkEveryMs } = reply;
  for (const [index, piece] of pieces.entries()) {
    if (fault?.after === index) return goWrong(response, fault.kind, protocol);
    if (chunkEveryMs && index > 0) await wait(chunkEveryMs);
    if (response.destroyed) return false;
    response.write(protocol.piece(piece));
  }
  return fault === undefined || fault.after < pieces.length ? true : goWrong(response, fault.kind, protocol);
}

/** True where the reply goes on to its end all the same. */
function goWrong(
  response: ServerResponse,
  kind: NonNullable<StreamedReply['fault']>['kind'],
  protocol: Protocol,
): boolean {
  switch (kind) {
    case 'drop':
      // Later, so that what was written before is on the wire first.
      setTimeout(() => response.destroy(), 5);
      return false;
    case 'stall':
      return false;
    case 'garbage':
      response.write(protocol.garbage);
      return true;
    case 'error-event':
      response.end(protocol.errorEvent);
      return false;
    case 'end':
      response.end();
      return false;
  }
}
