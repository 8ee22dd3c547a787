import { describe, expect, it } from 'vitest';
import { STANDING_SETTINGS } from '../../../functions/shared/function-settings.ts';
import { createRandom } from '../kernel/random.ts';
import { capsOf } from './caps.ts';

describe('the caps of a shop', () => {
  it('are raised in about half of them, and for those that write to a ticket alone', () => {
    const shops = Array.from({ length: 200 }, (_value, index) => capsOf(createRandom(`shop-${index}`), true));
    const raised = shops.filter((settings) => settings !== STANDING_SETTINGS);
    expect(raised.length).toBeGreaterThan(70);
    expect(raised.length).toBeLessThan(130);
    for (const settings of raised)
      expect(settings.filter((one, index) => one !== STANDING_SETTINGS[index]).map(({ name }) => name)).toEqual([
        'responder-route',
        'responder-reply',
        'responder-settle',
      ]);
  });

  it('are those of the release where no deploy is asked for', () => {
    for (let index = 0; index < 50; index += 1)
      expect(capsOf(createRandom(`shop-${index}`), false)).toBe(STANDING_SETTINGS);
  });
});
