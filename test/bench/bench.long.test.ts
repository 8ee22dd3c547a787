import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { percentiles } from './row.ts';
import { withSection } from './tables.ts';

function bench(...args: string[]) {
  return spawnSync(process.execPath, ['bin/launch.js', 'test/bench/cli.ts', ...args], { encoding: 'utf8' });
}

describe('npm run bench', () => {
  it('refuses a name that it does not know, with all it knows', () => {
    const { status, stderr } = bench('speed');
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^bench: no such benchmark: speed; there are ack, settle, throughput, replay, classify, bundle, import/,
    );
  });

  it.each([['--rate', '0'], ['--seconds', 'ten'], ['--unknown'], ['--json', '/nowhere/rows.json']])(
    'refuses %s %s in one line',
    (...args) => {
      const { status, stderr } = bench('ack', ...args);
      expect([status, stderr.trim().split('\n').length]).toEqual([2, 1]);
    },
  );

  it('writes rows with the keys of interfaces §6', () => {
    const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bench-test-'));
    const file = join(folder, 'rows.json');
    const { status, stdout } = bench('bundle', '--json', file);
    expect(status).toBe(0);
    const rows = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[];
    expect(rows.map(({ of }) => of)).toContain('responder-reply');
    for (const row of rows) {
      expect(row).toMatchObject({ name: 'bundle', unit: 'bytes', n: 1, node: process.version.slice(1) });
      expect(row.value).toBeGreaterThan(Number(row.gzip));
    }
    expect(stdout).toContain('responder-reply');
    rmSync(folder, { recursive: true });
    // Bundling takes the processors that other tests run on.
  }, 90_000);
});

describe('figures', () => {
  it('percentiles are in milliseconds', () => {
    const times = Array.from({ length: 1_000 }, (_, index) => (index + 1) / 10);
    const { p50, p99, max } = percentiles(times);
    expect([p50, p99, max].map((value) => Math.round(value * 10) / 10)).toEqual([50, 99, 100]);
  });

  it('a section is replaced between its marks, and nowhere else', () => {
    const page = 'a\n<!-- own -->\nold\n<!-- /own -->\nb\n<!-- faults -->\n<!-- /faults -->';
    expect(withSection(page, 'own', 'new')).toBe(page.replace('old', 'new'));
    expect(() => withSection(page, 'webhooks', 'new')).toThrow('no place for webhooks');
  });
});
