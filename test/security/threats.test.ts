import { describe, expect, it } from 'vitest';
import { securityPage } from '../../tools/security/page.ts';
import type { Control } from './control.ts';
import { CONTROLS } from './controls.ts';
import { fingerprint } from './results.ts';
import { OWASP_LLM, THREAT_MODEL } from './threats.ts';

const CONTROL: Control = {
  id: 'one',
  threats: ['T1', 'LLM10'],
  control: 'Something holds.',
  test: 'test/x.test.ts',
  removal: [{ file: 'a.ts', before: 'x', after: 'y' }],
};
const rowsOf = (page: string, start: string) => page.split('\n').filter((line) => line.startsWith(`| ${start}`));

const THREATS = [...Object.keys(THREAT_MODEL), ...Object.keys(OWASP_LLM)];

describe('every threat', () => {
  it.each(THREATS)('%s has a control', (threat) => {
    expect(CONTROLS.filter(({ threats }) => threats.some((one) => one === threat))).not.toEqual([]);
  });
});

describe('docs/security.md', () => {
  it('has a row for every threat, and says so where there is no control', () => {
    const page = securityPage('# Security\n', [CONTROL], {});
    for (const id of THREATS) expect(rowsOf(page, `${id} `), id).toHaveLength(1);
    expect(rowsOf(page, 'T1 ')[0]).toContain('Something holds.');
    expect(rowsOf(page, 'T2 ')[0]).toContain('no control');
  });

  it('tells the result of the control as it stands, of no other', () => {
    const result = { of: fingerprint(CONTROL), result: 'noticed', says: 'refuses it', commit: 'abc1234' } as const;
    expect(rowsOf(securityPage('', [CONTROL], { one: result }), 'T1 ')[0]).toContain('noticed, abc1234');
    const changed = { ...CONTROL, removal: [{ file: 'a.ts', before: 'x', after: 'z' }] as const };
    expect(rowsOf(securityPage('', [changed], { one: result }), 'T1 ')[0]).toContain('not run as it stands');
  });

  it('names what is not here beside the controls there are', () => {
    const page = securityPage('', [{ ...CONTROL, threats: ['T15'] }], {});
    expect(page).toContain('Not here: boundaries');
  });
});
