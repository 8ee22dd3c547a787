import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DeskContext } from '../desk/action.ts';
import { startRun, stopRun } from './runs.ts';

const MARK = '0f8fad5b-d9cb-469f-a165-70867728950e';
const INPUT = { changes: {}, name: '', reason: '' };
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-runs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const context: DeskContext = {
  dataDir: folder,
  dataDirGiven: folder,
  downloadsDir: folder,
  target: 'local',
  stage: null,
  variables: {},
  isJson: true,
  tell: () => {},
  note: () => {},
};

describe('a run of what-if', () => {
  it('is stopped by its mark, and by that alone', async () => {
    const running = startRun(context, INPUT, MARK);
    expect(stopRun('9a1f2f58-3b0e-4d0c-8f0e-0d2c1b7a6e55')).toEqual({ isStopped: false });
    expect(stopRun(MARK)).toEqual({ isStopped: true });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(stopRun(MARK)).toEqual({ isStopped: false });
  });

  it('that nobody stops says what its thread found', async () => {
    await expect(startRun(context, INPUT, MARK)).rejects.toMatchObject({ code: 'no_data' });
  });
});
