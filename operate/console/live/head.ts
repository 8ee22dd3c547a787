/** What stands in the page's head, told again when it has changed: a safe mode that went on is seen on a page that was open before. */
import type { Stream } from '../http/stream.ts';

export type About = Readonly<Record<string, string>>;
export type Head = {
  /** As it is now. Whoever opens is told of it by himself; all others hear of a change with him. */
  now(): About;
  close(): void;
};

const LOOK_EVERY_MS = 2_000;

export function createHead(about: () => About, stream: Pick<Stream, 'send'>): Head {
  let told: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  const now = (): About => {
    const seen = about();
    const text = JSON.stringify(seen);
    if (told !== null && text !== told) stream.send('about', seen);
    told = text;
    // Before the first page is open there is nobody to tell.
    timer ??= setInterval(now, LOOK_EVERY_MS).unref();
    return seen;
  };
  return { now, close: () => clearInterval(timer ?? undefined) };
}
