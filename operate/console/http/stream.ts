/** The live stream: server-sent events by name, to every page that is open. */
import type { ServerResponse } from 'node:http';

export type Stream = {
  /** Whether anybody listens: what nobody hears need not be made. */
  isHeard(): boolean;
  send(event: string, value: unknown): void;
  /** Makes the response a stream. @param opening  said first, each under its name. */
  attach(
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
    opening: readonly (readonly [event: string, value: unknown])[],
  ): void;
  close(): void;
};

/** Browsers and proxies drop a stream on which nothing comes. */
const BEAT_MS = 15_000;
/** A page that does not read for so long is let go: it comes back by itself, and nothing piles up here. */
const MOST_UNREAD_BYTES = 4_000_000;

export function createStream(): Stream {
  const readers = new Set<ServerResponse>();
  const write = (text: string): void => {
    for (const reader of readers) {
      if (reader.writableLength > MOST_UNREAD_BYTES) reader.destroy();
      else reader.write(text);
    }
  };
  const beat = setInterval(() => write(': still here\n\n'), BEAT_MS);
  beat.unref();
  const said = (event: string, value: unknown): string => `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`;

  return {
    isHeard: () => readers.size > 0,
    send: (event, value) => {
      if (readers.size > 0) write(said(event, value));
    },
    attach(response, headers, opening) {
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
      response.write(opening.map(([event, value]) => said(event, value)).join(''));
      readers.add(response);
      response.on('close', () => readers.delete(response));
    },
    close() {
      clearInterval(beat);
      for (const reader of readers) reader.end();
    },
  };
}
