/** The shipped set shows every case of the selection matrix (replies §2.5): the text a customer gets, or why there is none. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TemplateId } from '../../events/words.ts';
import { type MessageRow, parseRows } from './rows.ts';

const STATUS: TemplateId = 't_order_status_verified';
const ESTIMATE: TemplateId = 't_order_eta_no_tracking_verified';
const DELAY: TemplateId = 't_shipping_delay_verified';
const INTAKE: TemplateId = 't_delivered_not_received_intake';

/** What each case must be seen to end in, `null` for no reply. S11 with an order page needs a host that no set can allow. */
const ENDS: Readonly<Record<string, readonly (TemplateId | null)[]>> = {
  s01: [STATUS],
  s02: [STATUS],
  s03: [ESTIMATE],
  s04: [DELAY],
  s05: [null],
  s06: [null],
  s07: [STATUS],
  s08: [INTAKE],
  s09: [null],
  s10: [STATUS],
  s11: [null],
  s12: [null],
  s13: [ESTIMATE, DELAY],
  s14: [DELAY],
  s15: [STATUS, ESTIMATE, null],
  s16: [null],
  s17: [STATUS, null],
};

const { rows, invalid } = parseRows(readFileSync(new URL('./messages.jsonl', import.meta.url), 'utf8'));

/** Says what is sent, and a piece of it; or that nothing is, and why. */
function shows({ expected }: MessageRow, end: TemplateId | null): boolean {
  if (!expected || expected.templateId !== end) return false;
  return end === null ? (expected.reasons ?? []).length > 0 : (expected.replyHas ?? []).length > 0;
}

describe('the shipped set', () => {
  it('can be read, and no two rows bear one name', () => {
    expect(invalid).toEqual([]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('dates every message about an order, so that no result depends on the day of the run', () => {
    expect(rows.filter(({ order, at }) => order && !at).map(({ id }) => id)).toEqual([]);
  });

  it.each(Object.entries(ENDS).flatMap(([name, ends]) => ends.map((end) => [name, end ?? 'no reply', end] as const)))(
    'shows %s ending in %s',
    (name, _, end) => {
      expect(rows.filter((row) => row.id.startsWith(`${name}-`)).some((row) => shows(row, end))).toBe(true);
    },
  );
});
