import type { IncomingHttpHeaders } from 'node:http';
import type { ChatTurn, ProtocolName } from './protocol.ts';

/** A call as the server saw it. */
export interface ChatRequest {
  /** From 1, in order of arrival. */
  number: number;
  protocol: ProtocolName;
  path: string;
  /** The caller's port: the same for calls over one connection. */
  port: number;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
  model: string;
  /** System message first, whatever the protocol. */
  messages: readonly ChatTurn[];
  /** Resolves when the exchange is over: `cut` where the connection closed before the reply was whole. */
  closed: Promise<'whole' | 'cut'>;
}
