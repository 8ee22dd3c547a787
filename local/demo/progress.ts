/** Progress of a run on stderr: one line that moves on a terminal, a line now and then elsewhere. */
import type { Result } from './summary.ts';

export type Progress = {
  show(result: Result, done: number): void;
  say(text: string): void;
  close(): void;
};

type Screen = { readonly isTTY?: boolean; write(text: string): unknown };

const LIVE_MS = 100;
const QUIET_MS = 5_000;

export function createProgress(screen: Screen, total: number, now: () => number = () => performance.now()): Progress {
  const isLive = screen.isTTY === true;
  const startedAt = now();
  const counts: Record<string, number> = { replied: 0, routed: 0, suppressed: 0, failed: 0 };
  let shownAt = startedAt;
  let isDrawn = false;

  const clear = (): string => {
    const text = isDrawn ? '\r\u001b[K' : '';
    isDrawn = false;
    return text;
  };

  return {
    show({ row }, done) {
      counts[row.outcome] = (counts[row.outcome] ?? 0) + 1;
      const isDue = now() - shownAt >= (isLive ? LIVE_MS : QUIET_MS) || done === total;
      if (!isDue) return;
      shownAt = now();
      const told = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
      const line = `${done}/${total} settled in ${((shownAt - startedAt) / 1000).toFixed(0)} s: ${told.join(', ')}`;
      screen.write(isLive ? `${clear()}${line}` : `${line}\n`);
      isDrawn = isLive;
    },
    say: (text) => screen.write(`${clear()}${text}\n`),
    close: () => screen.write(clear()),
  };
}
