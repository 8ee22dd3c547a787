import { expect, it } from 'vitest';
import { heldBy } from './words.ts';

it('flags that no level writes are named when they keep every reply back', () => {
  const flags = [
    { name: 'outbound_enabled', value: false },
    { name: 'shadow_mode', value: true },
    { name: 'catch_up_mode', value: false },
    { name: 'tier2_enabled', value: false },
  ];
  expect(heldBy(flags)).toEqual(['outbound_enabled is false', 'shadow_mode is true']);
  expect(heldBy([{ name: 'outbound_enabled', value: true }])).toEqual([]);
});
