/** The progress of a long run, on standard error. */
import type { Report } from '../report.ts';

const EVERY_MS = 5_000;

/** @param total  conversations of the whole run, where that is known */
export function progress(total: number | null, elapsedMs: () => number): { world(report: Report): void; end(): void } {
  let conversations = 0;
  let replies = 0;
  let toldAt = 0;
  let isTold = false;
  return {
    world(report) {
      conversations += report.conversations;
      replies += report.repliesSent;
      if (elapsedMs() - toldAt < EVERY_MS || conversations === total) return;
      toldAt = elapsedMs();
      isTold = true;
      const seconds = Math.round(toldAt / 1000);
      const left =
        total === null ? '' : `, about ${Math.round((toldAt / conversations / 1000) * (total - conversations))} s left`;
      line(
        `${conversations}${total === null ? '' : ` of ${total}`} conversations, ${replies} replies, ${seconds} s${left}`,
      );
    },
    end() {
      if (isTold && process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    },
  };
}

/** One line that is written over on a terminal, lines of their own elsewhere. */
function line(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
}
