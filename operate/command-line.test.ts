/** The command line where no instance is needed: usage, help, JSON errors, configuration. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SHIPPED_TEXT } from '../config/shipped.testing.ts';
import { TEMPLATE_IDS } from '../events/words.ts';
import { RELEASE } from '../local/platform/release.ts';
import { runCommandLine } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const said = { out: '', err: '' };
  const code = await runCommandLine(['--data', join(folder, 'none'), ...args], {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    variables,
  });
  return { code, ...said };
}

describe('usage (interfaces §3: exit code 2)', () => {
  it.each([
    [['stauts'], "unknown command 'stauts'", 'did you mean status?'],
    [['--bogus'], "unknown option '--bogus'", 'see `npx frontdesk --help`'],
    [['status', '--bogus'], "unknown option '--bogus'", 'see `npx frontdesk status --help`'],
    [['say'], "missing required argument 'text'", 'see `npx frontdesk say --help`'],
    [['stop', '--level', 'safe'], "required option '--reason <TEXT>' not specified", 'see `npx frontdesk stop --help`'],
    [['replay', 'stat'], "unknown command 'stat'", 'did you mean'],
    [['replay', 'nope'], "unknown command 'nope'", 'see `npx frontdesk replay --help`'],
    [
      ['replay', 'start', '--from', '-2h', '--to', '-1h'],
      "required option '--purpose <PURPOSE>' not specified",
      'see `npx frontdesk replay start --help`',
    ],
    ...['start', 'plan'].map((verb): [string[], string, string] => [
      ['replay', verb, '--purpose', 'recovery', '--from', '-2h', '--to', '-1h', '--rule', 'nope'],
      'there is no such rule',
      'these take one: classify-intake-replay',
    ]),
    [['replay', 'status', 'nope'], 'this is no name of a replay', 'see their names with `npx frontdesk'],
    // By hand a replay may be given any name that the vendor takes, and this is none.
    [['replay', 'cancel', 'no/name'], 'this is no name of a replay', 'see their names with `npx frontdesk'],
    [['dlq', 'redrive', '--max', '0'], '--max takes a whole number from 1 to 10', 'write --max 10'],
    [['flags', 'set', 'safe_mod', 'true', '--reason', 'x'], 'there is no flag safe_mod', 'did you mean safe_mode?'],
    [
      ['flags', 'set', 'safe_mode', 'on', '--reason', 'x'],
      'safe_mode does not take this value',
      'it takes true or false',
    ],
    [
      ['flags', 'set', 'safe_mode', 'true', '--reason', ' '],
      'the reason is empty, too long or not one line',
      'write a reason',
    ],
    [['resume', '--level', 'safe', '--override'], '--override wants a reason', 'add --reason'],
    [['say', 'hello', '--wait', 'long'], '--wait takes whole seconds', 'write --wait 120'],
    [['audit', 'verify', '--target', 'aws'], '--target aws is not in this release', 'leave it out'],
    [['status', '--target', 'aws'], '--target aws wants --stage', 'name the stage'],
    [['ticket', '1042', '--target', 'aws'], '--target aws wants --stage', 'name the stage'],
    [['flags', 'get', 'safe_mode', '--target', 'aws'], '--target aws wants --stage', 'name the stage'],
    [['status', '--stage', 'prod'], 'there is one stage on this machine', 'leave --stage out'],
    [['template', 'preview', 't_frauds_ack'], 'there is no such template', 'did you mean t_fraud_ack?'],
    [
      ['templates', 'macros', '--export', '/no/such.json'],
      '/no/such.json cannot be read (ENOENT)',
      'name the exported file',
    ],
    [['config', 'explain', 'busines.zone'], 'there is no such key', 'did you mean business.zone?'],
  ])('%j: %s', async (args, message, cure) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`frontdesk: ${message}; ${cure}`);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    const json = await run(['--json', ...args]);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toEqual({
      error: { code: expect.stringMatching(/^[a-z_]+$/), message, cure: expect.stringContaining(cure) },
    });
  });

  it('answers no command with the help and exit code 2', async () => {
    const { code, err } = await run([]);
    expect(code).toBe(2);
    expect(err).toContain('Commands:');
  });
});

describe('the version', () => {
  it('is one line, or one JSON value', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, out: `frontdesk ${RELEASE}\n`, err: '' });
    expect(await run(['--json', '--version'])).toMatchObject({ code: 0, out: `{"version":"${RELEASE}"}\n`, err: '' });
  });
});

describe('help', () => {
  const COMMANDS = [
    'say',
    'status',
    'ticket',
    'logs',
    'metrics',
    'trace',
    'console',
    'flags',
    'stop',
    'resume',
    'audit',
    'privacy',
    'archive',
    'replay',
    'policy',
    'whatif',
    'quality',
    'cost',
    'analytics',
    'new',
    'backup',
    'restore',
    'recover',
    'drill',
    'dlq',
    'secret',
    'catalog',
    'doctor',
    'templates',
    'config',
    'connect',
    'tenant',
    'completion',
  ];

  it('says when connect richpanel writes', async () => {
    const { out } = await run(['connect', 'richpanel', '--help']);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('Sends GET only, unless --allow-writes.');
  });

  it('names the commands of this release and no others', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    const named = out
      .slice(out.indexOf('Commands:'))
      .split('\n')
      .flatMap((line) => /^ {2}([a-z]+)/.exec(line)?.[1] ?? []);
    expect(named).toEqual(COMMANDS);
  });

  it.each([
    ...COMMANDS.map((name) => [name]),
    ['flags', 'get'],
    ['flags', 'set'],
    ['archive', 'list'],
    ['dlq', 'list'],
    ['dlq', 'show'],
    ['dlq', 'redrive'],
    ['replay', 'start'],
    ['replay', 'resume'],
    ['replay', 'status'],
    ['replay', 'cancel'],
    ['policy', 'show'],
    ['catalog', 'export'],
    ['template', 'preview'],
    ['templates', 'macros'],
    ['config', 'check'],
    ['config', 'show'],
    ['config', 'explain'],
    ['quality', 'queue'],
    ['quality', 'label'],
    ['quality', 'export'],
  ])('%s %s has help with an example', async (...args) => {
    const { code, out } = await run([...args.filter((word) => word !== undefined), '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Example:\n  npx frontdesk ');
    expect(out).toContain('--json');
  });
});

describe('without a running instance (interfaces §3)', () => {
  it.each([
    ['status'],
    ['flags'],
    ['flags', 'get', 'safe_mode'],
    ['flags', 'set', 'safe_mode', 'true', '--reason', 'drill'],
    ['say', 'hello'],
    ['stop', '--level', 'safe', '--reason', 'drill'],
    ['resume', '--level', 'safe'],
    ['replay', 'start', '--purpose', 'recovery', '--from', '-2h', '--to', '-1h', '--yes'],
    ['replay', 'status', 'recovery-01JQ8Z5M9H3V6T2K4N7P0R0000'],
  ])('%s %s ends with exit code 1 and the cure', async (...args) => {
    const { code, err } = await run(args.filter((word) => word !== undefined));
    expect(code).toBe(1);
    expect(err).toMatch(/^frontdesk: not running; start with `npm start` and `-- --data /);
  });

  it.each([
    ['ticket', '20427'],
    ['archive', 'list'],
    ['analytics', 'SELECT 1'],
  ])('%s %s says that the folder holds nothing', async (...args) => {
    const { code, out } = await run(['--json', ...args]);
    expect(code).toBe(1);
    expect(JSON.parse(out).error.code).toBe('no_data');
  });
});

describe('config', () => {
  const copy = (name: string, change: (text: string) => string): string => {
    const file = join(folder, name);
    writeFileSync(file, change(SHIPPED_TEXT));
    return file;
  };

  it('names line, key and cure of a mistake and never repeats the value', async () => {
    const file = copy('wrong.yaml', (text) => text.replace(/^ {2}zone: .*$/m, '  zone: "+05:00"'));
    const line =
      readFileSync(file, 'utf8')
        .split('\n')
        .findIndex((one) => one.startsWith('  zone:')) + 1;
    const { code, out } = await run(['--json', 'config', 'check'], { FRONTDESK_CONFIG: file });
    expect(code).toBe(1);
    const { ok, errors } = JSON.parse(out);
    expect(ok).toBe(false);
    expect(errors).toMatchObject([{ line, key: 'business.zone', cure: expect.stringContaining('America/New_York') }]);
    expect(out).not.toContain('+05:00');
    const shown = await run(['config', 'show'], { FRONTDESK_CONFIG: file });
    expect(shown).toMatchObject({ code: 1, err: expect.stringContaining('npx frontdesk config check') });
  });

  it('shows what is in force, with its version', async () => {
    const file = copy('zone.yaml', (text) => text.replace(/^ {2}zone: .*$/m, '  zone: Europe/Berlin'));
    const { code, out } = await run(['--json', 'config', 'show'], { FRONTDESK_CONFIG: file });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      version: expect.stringMatching(/^config-[0-9a-f]{12}$/),
      config: { business: { zone: 'Europe/Berlin' } },
    });
    const explained = await run(['--json', 'config', 'explain', 'business.zone'], { FRONTDESK_CONFIG: file });
    expect(JSON.parse(explained.out)).toMatchObject([
      { key: 'business.zone', current: 'Europe/Berlin', meaning: expect.any(String), takes: expect.any(String) },
    ]);
  });

  it('finds the shipped file right', async () => {
    expect(await run(['config', 'check'])).toMatchObject({ code: 0, err: '' });
  });
});

describe('doctor', () => {
  it('fails on a folder of a newer version and names the cure', async () => {
    const data = join(folder, 'newer');
    mkdirSync(data);
    writeFileSync(join(data, 'version'), '99.0.0\n');
    const { code, out } = await run(['--json', '--data', data, 'doctor']);
    const { ok, checks } = JSON.parse(out);
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    expect(checks).toContainEqual({
      name: 'data version',
      result: 'fail',
      finding: expect.stringContaining('99.0.0'),
      cure: expect.stringContaining('update Frontdesk'),
    });
    expect(readdirSync(data)).toEqual(['version']);
  });

  it('looks at everything that can stand in the way', async () => {
    const { out } = await run(['--json', 'doctor']);
    expect(JSON.parse(out).checks.map(({ name }: { name: string }) => name)).toEqual([
      'node',
      'pinned node',
      'data folder',
      'data version',
      'disk',
      'clock',
      'configuration',
      'generated files',
      'ports',
      'instance',
    ]);
  });
});

describe('catalog export', () => {
  it('writes the contract of every event', async () => {
    const out = join(folder, 'contract');
    const ran = await run(['--json', 'catalog', 'export', '--out', out]);
    expect(ran.code).toBe(0);
    const { files } = JSON.parse(ran.out);
    expect(files).toContain('asyncapi.json');
    expect(JSON.parse(readFileSync(join(out, 'schemas/ReplySent.json'), 'utf8'))).toBeTypeOf('object');
    expect(JSON.parse(readFileSync(join(out, 'asyncapi.json'), 'utf8')).asyncapi).toMatch(/^3\./);
  });
});

describe('templates', () => {
  it('previews every body with sample values and the shop’s brand', async () => {
    const file = join(folder, 'brand.yaml');
    const shop = SHIPPED_TEXT.replace('support_signature: Customer Support', 'support_signature: The Juniper Team')
      .replace('returns_policy_url: ""', 'returns_policy_url: https://shop.example/returns')
      .replace('  shop: []', '  shop: [{ host: shop.example, query_keys: [] }]');
    writeFileSync(file, shop);
    const { code, out } = await run(['--json', 'template', 'preview', 't_return_request_intake'], {
      FRONTDESK_CONFIG: file,
    });
    expect(code).toBe(0);
    const preview = JSON.parse(out);
    expect(preview).toMatchObject({
      id: 't_return_request_intake',
      version: '1.0.0',
      tier: 1,
      review: { status: 'draft' },
    });
    expect(preview.variants.map(({ variant }: { variant: string }) => variant)).toEqual(['email', 'livechat']);
    expect(preview.variants[0].samples[0].text).toBe(`Hi Robin,
We can help with a return. Please reply with:
- your order number
- the item or items you would like to send back
- the reason, in a few words
Our return terms: https://shop.example/returns
The team will review it and explain how to proceed.

— The Juniper Team`);
  });

  it.each(TEMPLATE_IDS)('previews %s in live chat and e-mail, nothing refused', async (id) => {
    const { code, out } = await run(['--json', 'templates', 'preview', id]);
    expect(code).toBe(0);
    const { variants } = JSON.parse(out);
    const shown = variants.flatMap(({ samples }: { samples: { text: string | null }[] }) => samples);
    expect(shown).toHaveLength(4);
    for (const { text } of shown) expect(text).toMatch(/\w/);
  });

  it('prints the macro texts without an instance, and compares an export', async () => {
    const bare = await run(['--json', 'templates', 'macros']);
    const { macros, drift } = JSON.parse(bare.out);
    expect(bare.code).toBe(0);
    expect(macros).toHaveLength(23);
    expect(drift).toMatchObject({ checked: false, teams: null, tags: null, macros: null });
    const file = join(folder, 'macros.json');
    const [first, second, ...rest] = macros;
    writeFileSync(file, JSON.stringify([{ ...first, text: 'We promise a call by tomorrow.' }, ...rest]));
    const compared = await run(['--json', 'templates', 'macros', '--export', file]);
    expect(compared.code).toBe(1);
    expect(JSON.parse(compared.out).drift.problems).toEqual([
      `macro ${first.name}: diverged`,
      `macro ${first.name} adds a promise, which blocks the next release of templates`,
      `macro ${second.name}: missing`,
    ]);
  });
});

describe('commands that a complaint names', () => {
  it('carry the folder that was given, in JSON too', async () => {
    const folderNow = join(folder, 'none');
    const cure = `npx frontdesk --data ${folderNow} flags`;
    expect((await run(['flags', 'set', 'nothing_like_it', 'x', '--reason', 'x'])).err).toContain(cure);
    const { out } = await run(['--json', 'flags', 'set', 'nothing_like_it', 'x', '--reason', 'x']);
    expect(JSON.parse(out).error.cure).toContain(cure);
  });
});
