/** The terminal's live view: a settled path is a line that stays; what is on its way grows below it. */
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { inColour, lineOf, plain } from './line.ts';
import type { Path } from './paths.ts';

export type TerminalView = {
  show(path: Path): void;
  /** A line of its own, e.g. a warning. */
  say(text: string): void;
  /** Removes what is still growing. */
  close(): void;
};

type Screen = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

/** Lines that may grow at once; more would leave nothing of the screen. */
const MOST_GROWING = 8;
const REDRAW_MS = 80;
/** A parked message must not hold a line for minutes. */
const GROWING_FOR_MS = 30_000;

/** @param ticketNumber  of a conversation, by its id in the helpdesk's own spelling; none where `ticket` knows ids alone */
export function createTerminalView(
  screen: Screen,
  ticketNumber: (conversationId: string) => number | undefined,
  isColoured = screen.isTTY === true && process.env.NO_COLOR === undefined,
): TerminalView {
  const paint = isColoured ? inColour : plain;
  const isLive = screen.isTTY === true;
  const growing = new Map<string, { path: Path; since: number }>();
  let drawn = 0;
  let timer: NodeJS.Timeout | null = null;

  const text = (path: Path): string => {
    const number = ticketNumber(decodeVendorId(path.conversationId));
    return lineOf(
      path,
      number === undefined ? path.conversationId : `#${number}`,
      paint,
      isLive ? (screen.columns ?? 120) - 1 : undefined,
    );
  };

  function erase(): string {
    const up = drawn > 0 ? `\u001b[${drawn}A\u001b[J` : '';
    drawn = 0;
    return up;
  }

  function draw(above: readonly string[]): void {
    let output = erase() + above.map((line) => `${line}\n`).join('');
    if (isLive) {
      const now = performance.now();
      for (const [root, { since }] of growing) if (now - since > GROWING_FOR_MS) growing.delete(root);
      const lines = [...growing.values()].slice(-MOST_GROWING).map(({ path }) => text(path));
      output += lines.map((line) => `${line}\n`).join('');
      drawn = lines.length;
    }
    if (output !== '') screen.write(output);
  }

  return {
    show(path) {
      if (path.outcome === null) {
        if (!isLive) return;
        growing.set(path.root, { path, since: growing.get(path.root)?.since ?? performance.now() });
        timer ??= setTimeout(() => {
          timer = null;
          draw([]);
        }, REDRAW_MS);
        return;
      }
      // What is told of a message after it has settled is in its trail; the line stands.
      if (path.steps.at(-1)?.fact !== 'MessageSettled') return;
      growing.delete(path.root);
      draw([text(path)]);
    },
    say: (line) => draw([line]),
    close() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      growing.clear();
      draw([]);
    },
  };
}
