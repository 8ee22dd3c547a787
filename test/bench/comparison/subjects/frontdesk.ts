/** Frontdesk; its helpdesk sandbox is part of its process, and dies and starts with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInFlight } from '../../../../operate/health/ledger.ts';
import { endpointTables } from '../../../../operate/instance/tables.ts';
import { doorOf } from '../../load/door.ts';
import { helpdeskAt } from '../../load/helpdesk.ts';
import { startSystem } from '../../system/system.ts';
import type { Running, Subject } from './subject.ts';

export const frontdesk: Subject = {
  name: 'Frontdesk',
  start: () => run(mkdtempSync(join(tmpdir(), 'frontdesk-subject-'))),
};

async function run(folder: string): Promise<Running> {
  const system = await startSystem({ dataDir: join(folder, 'data') });
  const helpdesk = helpdeskAt(system.ready.richpanelUrl);
  await helpdesk.silence();
  const tables = endpointTables(system.ready);
  return {
    helpdesk,
    knock: doorOf(system.ready),
    unfinished: async () => (await readInFlight(tables, Date.now())).messages,
    kill: () => system.kill(),
    restart: () => run(folder),
    async stop() {
      await tables.close();
      await system.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
