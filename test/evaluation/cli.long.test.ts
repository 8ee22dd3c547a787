import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, 'cli.ts');
const folder = mkdtempSync(join(tmpdir(), 'eval-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { code: number | null; stdout: string; stderr: string };

function evaluate(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr })));
}

const at = (name: string): string => join(folder, name);

function rows(name: string, ...list: (object | string)[]): string {
  writeFileSync(at(name), `${list.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n')}\n`);
  return at(name);
}

const STATUS = { id: 'a', text: 'Where is my order? It should be here by now.', intent: 'order_status_tracking' };

describe('npm run eval', () => {
  it('tells figures and gates, writes what it was asked for, and ends with 0', async () => {
    const data = rows('good.jsonl', STATUS, { ...STATUS, id: 'b', hasOrder: true });
    const files = ['--json', at('f.json'), '--rows', at('r.jsonl'), '--html', at('r.html'), '--artefacts', at('out')];
    const { code, stdout, stderr } = await evaluate('--data', data, '--gate', ...files);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('macro F1');
    expect(stdout).toContain('openai quality: not measured');
    expect(stdout.split('\n').every((line) => [...line].length <= 100)).toBe(true);
    expect(stdout).not.toContain('\u001b[');

    const figures = JSON.parse(readFileSync(at('f.json'), 'utf8'));
    expect(figures).toMatchObject({ n: 2, gates: expect.any(Array), versions: { taxonomy: '1.0.0' } });
    expect(Object.keys(figures.gates[0])).toEqual(expect.arrayContaining(['id', 'result', 'value', 'limit']));
    const lines = readFileSync(at('r.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(['a', 'b']);
    expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual([
      ...['id', 'predicted', 'tier', 'confidence', 'margin', 'screenRules', 'abstained'],
    ]);

    const html = readFileSync(at('r.html'), 'utf8');
    expect(html.match(/<svg /g)?.length).toBeGreaterThan(3);
    expect(html).not.toMatch(/(?:src|href)=|@import|url\(|<script/);
    for (const name of ['metrics.json', 'tier0_report.json', 'tier2_report.json'])
      expect(JSON.parse(readFileSync(join(at('out'), name), 'utf8'))).toBeTypeOf('object');
    expect(readFileSync(join(at('out'), 'confusion_matrix.csv'), 'utf8').split('\n')).toHaveLength(27);
    expect(readFileSync(join(at('out'), 'invalid_outputs.jsonl'), 'utf8')).toBe('');
    const written = [
      html,
      stdout,
      readFileSync(at('f.json'), 'utf8'),
      readFileSync(join(at('out'), 'summary.txt'), 'utf8'),
    ];
    expect(written.filter((text) => text.includes('should be here'))).toEqual([]);
  });

  it('counts and ids of the Tier 0 report are of the same rows', async () => {
    const data = rows(
      'outside.jsonl',
      { ...STATUS, split: 'test' },
      { id: 'threat', text: 'The weather is nice.', intent: 'legal_threat', split: 'test' },
      { id: 'needless', text: 'I will sue you.', intent: 'refund_request', split: 'calibration' },
    );
    await evaluate('--data', data, '--split', 'test', '--artefacts', at('split'));
    expect(JSON.parse(readFileSync(join(at('split'), 'tier0_report.json'), 'utf8'))).toMatchObject({
      ...{ rows: 2, falseNegatives: 1, falseNegativeIds: ['threat'] },
      ...{ falsePositives: 0, falsePositiveIds: [] },
    });
  });

  it('an unreadable line is named without its text, the others still count, and it ends with 1', async () => {
    const data = rows('bad.jsonl', STATUS, '{"id":"x","text":"hunter2"', { ...STATUS, id: 'b' });
    const { code, stdout, stderr } = await evaluate('--data', data);
    expect(code).toBe(1);
    expect(stderr).toBe('eval: line 2: no JSON: give one JSON object on a line\n');
    expect(stdout).toMatch(/rows: 2,/);
    expect(stdout + stderr).not.toContain('hunter2');
  });

  it('--gate ends with 1 on a failed hard gate, and without it with 0', async () => {
    const data = rows('missed.jsonl', { id: 'a', text: 'The weather is nice.', intent: 'legal_threat' });
    expect((await evaluate('--data', data, '--gate')).code).toBe(1);
    expect((await evaluate('--data', data)).code).toBe(0);
  });

  it('a file without a row passes no gate', async () => {
    const data = rows('empty.jsonl');
    const gated = await evaluate('--data', data, '--gate');
    expect(gated).toMatchObject({ code: 1, stderr: 'eval: nothing was judged: empty.jsonl gave no row to decide\n' });
    expect(gated.stdout).toMatch(/H1–H4 +no row was judged/);
    expect(gated.stdout).not.toContain('✓');
  });

  it('without --gate a file without a row is no error', async () => {
    expect((await evaluate('--data', rows('none.jsonl'))).code).toBe(0);
  });

  it('ends with 2 and one line on a wrong use', async () => {
    const { code, stdout, stderr } = await evaluate('--data', 'nowhere.jsonl');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^eval: --data nowhere.jsonl cannot be read: [^\n]*\n$/);
  });

  it('--help and --version answer and end with 0', async () => {
    expect(await evaluate('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--update-baseline') });
    expect(await evaluate('--version')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^frontdesk \d/) });
  });
});
