/** protocols §9: whatever becomes of the start that finds tables missing, the past is closed before they are there again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type TenantAnswers, unansweredTenant } from '../../config/tenant.ts';
import type { TableName } from '../../functions/shared/store/language.ts';
import { loseTables } from '../../operate/drill/scratch.ts';
import { topology } from '../../stacks/topology.ts';
import { openDatabase } from '../aws/database.ts';
import { createParameterStore } from '../aws/ssm/store.ts';
import type { DataFolder } from './data-folder.ts';
import { openEndpoint } from './endpoint.ts';
import { furnishFlags, furnishSecrets } from './furnish.ts';
import { type PlatformOptions, startPlatform } from './platform.ts';
import { STAGE } from './stage.ts';
import type { WorkspaceUse } from './workspace-helpdesk.ts';

const BEFORE = '2026-01-01T00:00:00.000Z';
const unknown = unansweredTenant().answers;
/** Nothing of the workspace holds automation back. */
const answers: TenantAnswers = { ...unknown, V14: { ...unknown.V14, answer: 'yes' } };
const OTHER_HELPDESK: WorkspaceUse = {
  workspace: {
    origin: 'https://api.richpanel.com',
    baseUrl: 'https://api.richpanel.com/v1',
    apiKey: 'key',
    seat: null,
    isLoopback: false,
  },
  answers,
  allowWrites: false,
  pollMs: null,
};

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'frontdesk-close-loss-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

function folder(isNew = false): DataFolder {
  return { path, isNew, followsDeath: false, file: (name) => join(path, name), release: () => {} };
}

const flags = { env: STAGE.env, mode: 'auto', answers } as const;

/** As much of a start as comes before its functions: they would take seconds. */
const opened = () =>
  openEndpoint({
    files: { sqlite: join(path, 'aws.sqlite'), records: join(path, 'analytics') },
    topology,
    port: 0,
    timeScale: 1,
    limits: 'vendor',
    invoker: async () => ({ ok: false, code: 'unavailable' }),
    onTrouble: () => {},
  });

/** A folder of the sandbox whose automation is on, and which then loses tables. */
async function folderThatLost(...tables: readonly TableName[]): Promise<void> {
  await folderWithWhole('1');
  loseTables(path, tables);
}

async function folderWithWhole(generation: string): Promise<void> {
  const { ssm, secrets, putParameter, close } = await opened();
  furnishSecrets(secrets, STAGE.env, null);
  furnishFlags(ssm, putParameter, { ...flags, isNew: true, now: Date.parse(BEFORE) });
  putParameter(`/frontdesk/${STAGE.env}/ledger_whole`, generation, true);
  await close();
}

const start = (options: Partial<PlatformOptions> = {}) => startPlatform({ folder: folder(), ...options });
const refused = () => expect(start({ workspace: OTHER_HELPDESK })).rejects.toThrow('belongs to the sandbox');

/** What a reader of the file finds, whoever has died. */
function inFile() {
  const database = openDatabase(join(path, 'aws.sqlite'));
  const newest = (flag: string) => createParameterStore(database).newest(`/frontdesk/${STAGE.env}/${flag}`);
  const tables = database.prepare('SELECT name FROM dynamodb_tables').all().length;
  const found = {
    automation: newest('automation_enabled')?.value,
    epoch: newest('reply_epoch')?.value ?? '',
    generation: newest('ledger_generation')?.value,
    whole: newest('ledger_whole')?.value,
    note: JSON.parse(newest('automation_enabled')?.description ?? 'null'),
    isComplete: tables === topology.tables.length,
  };
  database.close();
  return found;
}

function expectClosed(generation: string): void {
  const { epoch, ...found } = inFile();
  expect(found).toMatchObject({ automation: 'false', generation, whole: '1', isComplete: true });
  expect(Date.now() - Date.parse(epoch)).toBeLessThan(60_000);
}

it('a start that finds the ledger missing raises it above a generation that was called whole too early', async () => {
  await folderWithWhole('2');
  loseTables(path, ['idempotency']);
  await refused();
  expect(inFile()).toMatchObject({ generation: '3', whole: '2' });
});

describe('a start that finds the ledger missing', () => {
  beforeEach(() => folderThatLost('idempotency'));

  it('and is refused has closed the past, and the next one opens nothing, whatever its mode', async () => {
    await refused();
    expectClosed('2');
    const { ssm, putParameter, close } = await opened();
    furnishFlags(ssm, putParameter, { ...flags, isNew: false, now: Date.now() });
    await close();
    expectClosed('2');
  });

  it('and finds its port taken has closed the past', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve(Number(Object(other.address()).port)));
    });
    onTestFinished(() => void other.close());
    await expect(start({ ports: { console: 0, webhook: 0, aws: port, richpanel: 0 } })).rejects.toThrow('EADDRINUSE');
    expectClosed('2');
  });

  it('and dies before the table is made leaves it missing, and the next one closes the past again', async () => {
    const dies = () => {
      throw new Error('killed');
    };
    await expect(start({ onTrouble: dies })).rejects.toThrow('killed');
    expect(inFile()).toMatchObject({ automation: 'false', generation: '2', isComplete: false });
    await refused();
    expectClosed('3');
  });

  it('says in the history of the flag who switched automation off, and why', async () => {
    await refused();
    expect(inFile().note).toMatchObject({ by: 'the start', reason: 'lost: idempotency (docs/recovery.md)' });
  });
});

describe('nothing is closed', () => {
  it.each<[string, readonly TableName[], boolean]>([
    ['where no table is missing', [], false],
    ['where a table is missing that protects nobody', ['read_models'], false],
    ['in a folder that is new', ['idempotency', 'conversation_state'], true],
  ])('%s', async (_, lost, isNew) => {
    await folderThatLost(...lost);
    await expect(start({ folder: folder(isNew), workspace: OTHER_HELPDESK })).rejects.toThrow('belongs to');
    expect(inFile()).toMatchObject({ automation: 'true', epoch: BEFORE, generation: undefined, isComplete: true });
  });
});
