/** What there is to read again, counted from the trail before the first ticket is asked for. */
import { afterEach, describe, expect, it } from 'vitest';
import { decisionInput } from '../../policy/testing.ts';
import type { Context } from '../context.ts';
import { openTables } from '../instance/tables.ts';
import { countToRead } from './reread.ts';
import { made, type Told, trailFolder } from './testing.ts';

const folders: { remove(): void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

async function counted(decisions: readonly Told[], signal = new AbortController().signal): Promise<number> {
  const folder = trailFolder(decisions);
  folders.push(folder);
  const context: Context = {
    dataDir: folder.data,
    dataDirGiven: folder.data,
    variables: {},
    target: 'local',
    stage: null,
    isJson: false,
    tell: () => {},
    note: () => {},
  };
  const tables = await openTables(context);
  try {
    return await countToRead(tables, { from: null, to: null }, signal);
  } finally {
    await tables.close();
  }
}

const asked = (messageKey: string, conversationId = 'conv_1'): Told => ({
  ...made(decisionInput()),
  messageKey,
  conversationId,
});
const unasked = (messageKey: string): Told => ({
  ...made(decisionInput({ classifier: { kind: null } })),
  messageKey,
  conversationId: 'conv_2',
});

describe('what there is to read again', () => {
  it('is each message once that a classifier was asked about', async () => {
    expect(await counted([asked('cmt_1'), asked('cmt_1'), asked('cmt_2'), unasked('cmt_3')])).toBe(2);
  });

  it('is refused at once where there are messages and nobody was asked about any', async () => {
    await expect(counted([unasked('cmt_1')])).rejects.toMatchObject({
      code: 'nothing_to_reread',
      exitCode: 1,
      cure: 'leave --reread out, or name another window with --from and --to',
    });
  });

  it('is nothing in a trail that holds nothing, which is told otherwise', async () => {
    expect(await counted([])).toBe(0);
  });

  it('is counted no further once somebody interrupts', async () => {
    await expect(counted([asked('cmt_1')], AbortSignal.abort())).rejects.toThrow();
  });
});
