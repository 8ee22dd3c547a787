/**
 * PutEvents per second, in process, on a file: one caller and 32 at once, with `synchronous` NORMAL and FULL. Each event is
 * archived and matched by two of fourteen rules. Only measures; the figures stand in docs/decisions.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../local/aws/database.ts';
import { measuredBus } from './bus.ts';

const SECONDS = 3;
const RULES = 14;

async function measure(synchronous: 'NORMAL' | 'FULL', callers: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-put-events-'));
  const database = openDatabase(join(folder, 'aws.sqlite'), synchronous);
  const { eventBridge, call, rule } = measuredBus(database);
  for (let n = 0; n < RULES; n += 1) {
    await rule(`r${n}`, { 'detail-type': [`T${n >> 1}`], 'replay-name': [{ exists: false }] });
  }
  await call('CreateArchive', { ArchiveName: 'all', EventSourceArn: eventBridge.arns.bus('default') });

  const Detail = JSON.stringify({ data: { tier: 1, text: 'x'.repeat(1_000) } });
  const Entries = [{ Source: 's', DetailType: 'T0', Detail }];
  const end = Date.now() + SECONDS * 1_000;
  let puts = 0;
  const caller = async () => {
    while (Date.now() < end) {
      await call('PutEvents', { Entries });
      puts += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  eventBridge.stop();
  database.close();
  rmSync(folder, { recursive: true, force: true });
  return Math.round(puts / SECONDS);
}

for (const synchronous of ['NORMAL', 'FULL'] as const) {
  for (const callers of [1, 32]) {
    const perSecond = await measure(synchronous, callers);
    process.stdout.write(`${synchronous}, ${callers} at once: ${perSecond} PutEvents/s\n`);
  }
}
