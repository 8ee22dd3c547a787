import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { scanTree, secretsIn, unreviewed } from './secrets.ts';

// Put together here, so that the scan does not find this file.
const PLANTED = {
  aws: `aws_secret_access_key = ${'wJalrXUtnFEMIK7MDENGbPxRfiCY'}${'EXAMPLEKEYab'}`,
  github: `token: ghp_${'0123456789abcdefghij0123456789abcdef'}`,
  slack: `xoxb-${'123456789012'}-${'1234567890123'}-${'abcdefghijklmnopqrstuvwx'}`,
  privatekey: `-----BEGIN RSA ${'PRIVATE'} KEY-----\n${'MIIEowIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gun\n'.repeat(12)}-----END RSA ${'PRIVATE'} KEY-----`,
  basicauth: `https://robin:${'Lk29vdWq81'}@www.ups.com/`,
  npm: `//registry.npmjs.org/:_authToken=npm_${'abcdefghij0123456789abcdefghij012345'}`,
  'webhook-secret': `whsec_${'C2FVsBQIhrscChlQIMV+b5sSYspob7oD'}`,
};
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('a secret in the tree', () => {
  it.each(Object.entries(PLANTED))('is found: %s', async (rule, text) => {
    const found = await secretsIn('notes.txt', `first line\n${text}\n`);
    expect(found.map((one) => [one.line, one.rule])).toContainEqual([2, rule]);
  });

  it('is found in whatever folder, and told without its text', async () => {
    const root = mkdtempSync(join(tmpdir(), 'frontdesk-secrets-'));
    folders.push(root);
    mkdirSync(join(root, 'docs/deep'), { recursive: true });
    writeFileSync(join(root, 'docs/deep/notes.md'), `${PLANTED.github}\n`);
    const { findings } = await scanTree(root);
    expect(findings).toEqual([{ file: 'docs/deep/notes.md', line: 1, rule: 'github' }]);
  });

  it('beside one that was looked at is told', () => {
    const one = { file: 'a.test.ts', line: 1, rule: 'basicauth' };
    const reviewed = [{ file: 'a.test.ts', rule: 'basicauth', times: 1 }];
    expect(unreviewed([one], reviewed)).toEqual([]);
    expect(unreviewed([one, { ...one, line: 2 }], reviewed)).toHaveLength(2);
  });
});
