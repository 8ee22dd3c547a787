import { describe, expect, it } from 'vitest';
import { qualityOf } from './quality.ts';
import { qualityText } from './report.ts';
import { DAY_MS, END, many, WEEK } from './testing.ts';

const observedOf = (messages: ReturnType<typeof many>) => ({ messages, said: [], toggled: [] });
const old = { at: END - 14 * DAY_MS } as const;
const zone = { name: 'UTC' };

describe('shares beside those of the weeks before', () => {
  it('are none where nothing was decided before', () => {
    const quality = qualityOf(observedOf(many(3)), [], WEEK);
    expect(quality.intents).toMatchObject([{ share: 1, before: null }]);
    expect(qualityText(quality, zone)).toMatch(/order_status_tracking +3 +100\.0 % +– /);
    expect(qualityText(quality, zone)).toContain('Nothing was decided in the 28 days before');
  });

  it('are 0 where others were decided before', () => {
    const quality = qualityOf(observedOf([...many(3), ...many(2, { ...old, intent: 'refund_request' })]), [], WEEK);
    expect(quality.intents).toMatchObject([{ share: 1, before: 0 }]);
    expect(qualityText(quality, zone)).not.toContain('Nothing was decided in the 28 days before');
  });

  it('of templates are none where no message before had one', () => {
    const templateId = 't_damaged_item_intake';
    const quality = qualityOf(observedOf([...many(1, { templateId }), ...many(2, old)]), [], WEEK);
    expect(quality.templates).toMatchObject([{ share: 1, before: null }]);
    expect(quality.intents).toMatchObject([{ before: 1 }]);
  });
});
