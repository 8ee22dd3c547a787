/** Every control's removal fits its sources once and leaves them readable; that its test fails then is tried in the full suite. */
import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { edited } from '../simulation/planted/bug.ts';
import { CONTROLS } from './controls.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('security controls', () => {
  it('have ids of their own', () => {
    expect(new Set(CONTROLS.map(({ id }) => id)).size).toBe(CONTROLS.length);
  });

  it.each(CONTROLS.map((control) => [control.id, control] as const))('%s can be removed', (_id, control) => {
    expect(existsSync(join(ROOT, control.test))).toBe(true);
    for (const file of new Set(control.removal.map((edit) => edit.file))) {
      const source = readFileSync(join(ROOT, file), 'utf8');
      const text = edited(source, file, control.removal);
      expect(text).not.toBe(source);
      if (file.endsWith('.ts')) expect(() => stripTypeScriptTypes(text)).not.toThrow();
    }
  });
});
