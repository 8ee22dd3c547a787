import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, bundleAll, ROOT } from '../bundle/bundle.ts';
import { noticesText, packageFolders, readNotice } from './notices.ts';
import { LICENCES } from './reviewed.ts';

describe('third-party notices', () => {
  it('name the package that a file lies in, nested ones by their own', () => {
    expect(
      packageFolders([
        'functions/a.ts',
        'node_modules/@aws-sdk/core/dist/x.js',
        'node_modules/mug/node_modules/cup/index.js',
        'node_modules/mug/index.js',
        'node_modules/mug/lib/index.js',
      ]),
    ).toEqual(['node_modules/@aws-sdk/core', 'node_modules/mug', 'node_modules/mug/node_modules/cup']);
  });

  it('print a text once for all it is of, and say where there is none', () => {
    const text = noticesText([
      { name: 'cup', version: '1.0.0', licence: 'MIT', texts: ['Permission is granted'] },
      { name: 'mug', version: '2.0.0', licence: 'MIT', texts: ['Permission is granted'] },
      { name: 'tray', version: '3.0.0', licence: 'ISC', texts: [] },
    ]);
    expect(text.split('Permission is granted')).toHaveLength(2);
    expect(text).toContain('cup 1.0.0, mug 2.0.0');
    expect(text).toContain('tray 3.0.0: ISC (no text in the package)');
  });
});

describe('the notices of what is deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-notices-'));
  let bundles: Bundle[] = [];
  beforeAll(async () => {
    bundles = await bundleAll(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('hold every package of every bundle, each under a licence that may be shipped', () => {
    const notices = packageFolders(bundles.flatMap(({ inputs }) => inputs)).map((one) => readNotice(ROOT, one));
    expect(notices.map(({ name }) => name)).toEqual(expect.arrayContaining(['valibot', 'openai', '@aws-sdk/core']));
    expect(notices.filter(({ licence }) => !LICENCES.includes(licence))).toEqual([]);
    const text = noticesText(notices);
    for (const { name, version } of notices) expect(text).toContain(`${name} ${version}: `);
  });
});
