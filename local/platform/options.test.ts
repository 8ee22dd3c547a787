/** interfaces §1: options and their defaults; one clear line for what is wrong. */
import { describe, expect, it, vi } from 'vitest';
import { demoOptions } from '../demo/options.ts';
import { startInstance } from './instance.ts';
import { timeScaleFrom } from './options.ts';
import { StartProblem } from './problem.ts';
import type { ReadyObject } from './ready-file.ts';
import { banner, startOptions } from './run-start.ts';

describe('npm start', () => {
  it('has the defaults of the table', () => {
    expect(startOptions([])).toMatchObject({
      portBase: 4400,
      data: '.frontdesk',
      memory: false,
      mode: null,
      limits: 'vendor',
      classifier: 'embedded',
      traffic: 12,
    });
  });

  it('takes every option', () => {
    const args = [
      '--port-base',
      '0',
      '--data',
      'd',
      '--ready-file',
      'r',
      '--traffic',
      '0',
      '--mode',
      'shadow',
      '--unlimited',
      '--classifier',
      'openai',
      '--alert-url',
      'https://hooks.example/a?key=b',
    ];
    expect(startOptions(args)).toMatchObject({
      portBase: 0,
      data: 'd',
      readyFile: 'r',
      traffic: 0,
      mode: 'shadow',
      limits: 'unlimited',
      classifier: 'openai',
      alertUrl: new URL('https://hooks.example/a?key=b'),
    });
  });

  it('asks a model only with a key: without one nothing starts', async () => {
    vi.stubEnv('OPENAI_API_KEY', '');
    const shared = startOptions(['--classifier', 'openai', '--memory', '--port-base', '0']);
    await expect(startInstance({ shared, timeScale: 1 })).rejects.toThrow('set OPENAI_API_KEY');
    vi.unstubAllEnvs();
  });

  it.each([
    [['--alert-url', 'hooks.example'], 'give an address that begins with http:// or https://'],
    [['--alert-url', 'file:///etc/passwd'], 'give an address that begins with http:// or https://'],
    [['--alert-url', 'https://me:secret@hooks.example'], 'put no name and password into the address'],
    [['--classifier', 'oracle'], 'Allowed choices are embedded, openai'],
    [['--no-sandbox', '--poll', '1s'], "'1s' is invalid: give 5s to 60m, such as 60s; see npm start -- --help"],
    [['--no-sandbox', '--poll', 'often'], 'give 5s to 60m'],
    [['--port-base', 'x'], 'give a whole number from 0 to 65532'],
    [['--port-base', '65533'], 'give a whole number from 0 to 65532'],
    [['--mode', 'loud'], 'Allowed choices are shadow, route-only, auto'],
    [['--traffic', '-1'], 'give a whole number'],
    [['extra'], 'too many arguments'],
    [['--unlimited', '--limits', 'vendor'], 'exclude each other'],
  ])('refuses %j in one line', (args, line) => {
    expect(() => startOptions(args)).toThrow(StartProblem);
    expect(() => startOptions(args)).toThrow(line);
    try {
      startOptions(args);
    } catch (error) {
      expect(String(error)).not.toContain('\n');
    }
  });
});

it('the banner leads to the page of the sandbox, since its root has none', () => {
  const webhook = { webhookUrl: 'http://127.0.0.1:4401/webhook/t0', webhookToken: 't0' };
  const ready = { ...webhook, richpanelUrl: 'http://127.0.0.1:4403', dataDir: null } as ReadyObject;
  expect(banner({ ready }, { limits: 'vendor', traffic: 0 }, 1)).toContain(
    'helpdesk sandbox http://127.0.0.1:4403/__sandbox/\n',
  );
});

describe('npm run demo', () => {
  it('has the defaults of the table', () => {
    expect(demoOptions([])).toMatchObject({ memory: true, limits: 'unlimited', concurrency: 50 });
    expect(demoOptions([]).messages).toMatch(/messages\.jsonl$/);
  });

  it('keeps its state in a folder that is named', () => {
    expect(demoOptions(['--data', 'd'])).toMatchObject({ data: 'd', memory: false });
    expect(demoOptions(['--data', 'd', '--memory'])).toMatchObject({ memory: true });
  });

  it('has no traffic and no ready file', () => {
    expect(() => demoOptions(['--traffic', '1'])).toThrow("unknown option '--traffic'");
  });
});

describe('FRONTDESK_TIME_SCALE', () => {
  it.each([
    [undefined, 1],
    ['0.01', 0.01],
    ['1', 1],
  ])('%s is %d', (text, scale) => expect(timeScaleFrom(text)).toBe(scale));
  it.each(['0', '0.001', '2', 'fast'])('%s is refused', (text) =>
    expect(() => timeScaleFrom(text)).toThrow(StartProblem),
  );
});
