import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourFolder, LINES_FILE, recordFiles } from './record-files.ts';

const DAY_MS = 86_400_000;
const NOON = Date.parse('2026-07-15T12:59:59.999Z');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-records-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const linesAt = (at: number): string[] =>
  readFileSync(join(hourFolder(folder, 'local', at), LINES_FILE), 'utf8')
    .trimEnd()
    .split('\n');

describe('records', () => {
  it('lie under the hour in which they arrived', () => {
    const sink = recordFiles(folder, 'local');
    sink.append([Buffer.from('a'), Buffer.from('b')], NOON);
    sink.append([Buffer.from('c')], NOON + 1);
    sink.append([Buffer.from('d')], NOON);
    expect([linesAt(NOON), linesAt(NOON + 1)]).toEqual([['a', 'b', 'd'], ['c']]);
    expect(readdirSync(join(folder, 'events', 'env=local', 'dt=2026-07-15'))).toEqual(['hr=12', 'hr=13']);
  });

  it('end after 180 days', () => {
    const sink = recordFiles(folder, 'local');
    for (const ago of [181, 180, 1, 0]) sink.append([Buffer.from('a')], NOON - ago * DAY_MS);
    expect(readdirSync(join(folder, 'events', 'env=local'))).toEqual([
      'dt=2026-01-16',
      'dt=2026-07-14',
      'dt=2026-07-15',
    ]);
  });
});
