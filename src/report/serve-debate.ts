import type { ServerResponse } from 'node:http';
import type { DebateEvent } from '../debate/events.ts';
import type { Outcome } from '../debate/outcome.ts';
import type { JournalFailure } from '../journal/types.ts';
import { type FollowOptions, followEvents } from '../run/follow-run.ts';
import { type LoopbackServer, listenOnLoopback } from '../run/loopback-server.ts';
import { debatePage } from './html/debate-page.ts';
import { reportOf } from './model/debate-report.ts';

export interface ServeDebateOptions extends FollowOptions {
  /** 0 takes a free one. */
  port: number;
  /** Shows the private notes too. */
  notes: boolean;
  /** The journal can no longer be read; what was read stays to be seen. */
  onFailure(failure: { reason: JournalFailure; message: string }): void;
}

const headers = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Serves a debate as the page of its report on the loopback interface, to be read and nothing else. While another process
 * writes it, `/events` tells each open page how many events there are, and the page takes itself anew.
 */
export async function serveDebate(
  options: ServeDebateOptions,
): Promise<Outcome<LoopbackServer, 'port-taken'>> {
  const { port, notes, onFailure } = options;
  const ended = new AbortController();
  const events: DebateEvent[] = [];
  const listening = new Set<ServerResponse>();
  let page = { events: -1, text: '' };
  const current = () => {
    if (page.events !== events.length) {
      const report = reportOf(events, { notes });
      page = { events: events.length, text: report ? debatePage(report, { live: events.length }) : waiting };
    }
    return page.text;
  };
  const tell = (response: ServerResponse) => response.write(`data: ${events.length}\n\n`);
  const served = await listenOnLoopback(port, (request, response) => {
    const { method, url } = request;
    if (method !== 'GET') {
      response.writeHead(405, { ...headers, allow: 'GET' }).end();
      return;
    }
    if (url === '/') {
      const type = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': framing };
      response.writeHead(200, { ...headers, ...type }).end(current());
      return;
    }
    if (url !== '/events') {
      response.writeHead(404, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    listening.add(response);
    response.on('close', () => listening.delete(response));
    tell(response);
  });
  if (!served.ok) return served;
  void follow();
  return {
    ok: true,
    value: {
      address: served.value.address,
      close() {
        ended.abort();
        return served.value.close();
      },
    },
  };

  /** Events that are read together are announced once. */
  async function follow(): Promise<void> {
    let isToTell = false;
    for await (const event of followEvents(options, ended.signal)) {
      if (!event.ok) return onFailure(event.failure);
      events.push(event.value);
      if (isToTell) continue;
      isToTell = true;
      setImmediate(() => {
        isToTell = false;
        for (const response of listening) tell(response);
      });
    }
  }
}

/** The page's own policy cannot say who may frame it; the header can. */
const framing = "frame-ancestors 'none'";

const waiting = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>parley</title><p>The debate is about to begin.</p></html>
`;
