/** Offers messages faster than they can be settled: whenever fewer than `backlog` are unsettled, more are written. */
import { conversationOf, type MessageRow } from '../../../local/demo/rows.ts';
import type { System } from '../system/system.ts';
import { doorOf } from './door.ts';
import { helpdeskAt } from './helpdesk.ts';

export type Saturation = {
  readonly rows: readonly MessageRow[];
  /** Messages that are accepted and not settled, at any time. */
  readonly backlog: number;
  /** Told of each settled message in the order of their settling, with the time (epoch milliseconds). */
  readonly onSettled?: (settled: number, at: number) => void;
};

/** Without any news for longer than Lambda's waits between attempts (1 and 2 minutes) something is broken. */
const PATIENCE_MS = 240_000;

/**
 * Resolves when every row has settled. Rows of one conversation follow each other, each when the one before has settled;
 * `burst` rows come at once. Rejects when a webhook is refused or nothing settles any more.
 */
export async function saturate(
  system: Pick<System, 'ready' | 'onSettled'>,
  { rows, backlog, onSettled = () => {} }: Saturation,
): Promise<void> {
  const helpdesk = helpdeskAt(system.ready.richpanelUrl);
  const knock = doorOf(system.ready);
  const settled = new Set<string>();
  const waiting = new Map<string, () => void>();
  let count = 0;
  const over = Promise.withResolvers<void>();
  const watchdog = setTimeout(
    () => over.reject(new Error(`only ${count} of ${rows.length} messages settled`)),
    PATIENCE_MS,
  );
  system.onSettled(([root, at]) => {
    // Stated once a message, published perhaps twice.
    if (settled.has(root)) return;
    settled.add(root);
    count += 1;
    watchdog.refresh();
    onSettled(count, at);
    waiting.get(root)?.();
    waiting.delete(root);
  });

  async function settle(row: MessageRow): Promise<void> {
    const root = await knock(await helpdesk.write(row));
    if (!settled.has(root)) await new Promise<void>((resolve) => waiting.set(root, resolve));
  }

  async function converse(conversation: readonly MessageRow[]): Promise<void> {
    let before: Promise<void>[] = [];
    for (const row of conversation) {
      if (row.burst !== true) {
        await Promise.all(before);
        before = [];
      }
      before.push(settle(row));
    }
    await Promise.all(before);
  }

  const queue = Map.groupBy(rows, conversationOf).values();
  const worker = async (): Promise<void> => {
    for (const conversation of queue) await converse(conversation);
  };
  await helpdesk.silence();
  const all = Promise.all(Array.from({ length: backlog }, worker));
  try {
    await Promise.race([all, over.promise]);
  } finally {
    clearTimeout(watchdog);
  }
}
