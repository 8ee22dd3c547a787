/**
 * No reply reaches a customer after `stop` has returned, at every level and at every interleaving: it begins before each await
 * from the approval on, one run for each (platform §4.10, protocols §6; threat T19).
 */
import { describe, expect, it } from 'vitest';
import { requireSwitch, type Switch } from '../../../operate/switches/levels.ts';
import { conversed } from './world.ts';

const LEVELS = [
  requireSwitch('template', 't_damaged_item_intake'),
  requireSwitch('channel', 'email'),
  requireSwitch('intent', 'damaged_item'),
  ...['automation', 'safe', 'sever', 'read-only', 'processing'].map((level) => requireSwitch(level, undefined)),
];

async function interleaved(what: Switch, more: { isRefusedOnce?: boolean; isHasty?: boolean } = {}) {
  const { isRefusedOnce = false, isHasty = false } = more;
  const undisturbed = await conversed(null, isRefusedOnce);
  expect(undisturbed.received.after).toBe(1);
  const ends = { late: 0, withheld: 0, waitedFor: 0, before: 0 };
  // Before the first nothing is approved, after the last all is over: a stop is one like any other.
  const first = undisturbed.steps.findIndex((name) => name.startsWith('responder-reply')) - 2;
  const last = undisturbed.steps.lastIndexOf('responder-reply sender.send') + 5;
  for (let before = first; before <= last; before += 1) {
    const { received } = await conversed({ before, what, isHasty }, isRefusedOnce);
    if (received.after > received.atReturn) ends.late += 1;
    else if (received.after === 0) ends.withheld += 1;
    else if (received.before === 0) ends.waitedFor += 1;
    else ends.before += 1;
  }
  return ends;
}

describe.each(LEVELS.map((what) => [what.level, what] as const))('stop --level %s', (_level, what) => {
  it('lets nothing through after it has returned', async () => {
    const ends = await interleaved(what, { isRefusedOnce: true });
    expect(ends.late).toBe(0);
    // It withheld something, waited for what could not be called back, and came too late where all was over.
    expect(Math.min(ends.withheld, ends.waitedFor, ends.before)).toBeGreaterThan(0);
  });
});

it('the rule finds a command that does not wait for what is on its way', async () => {
  expect((await interleaved(requireSwitch('automation', undefined), { isHasty: true })).late).toBeGreaterThan(0);
});
