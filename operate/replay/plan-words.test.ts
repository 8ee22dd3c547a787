import { describe, expect, it } from 'vitest';
import { cureOnPage, hearsText, takesText, waitText } from './plan-words.ts';

const seconds = (ms: number): string => `${ms / 1000} s`;
const plan = (inFlight: number) => ({ inFlight, mostInFlight: 20, estimate: { ms: 8_000 } });

describe('a plan in words', () => {
  it.each([0, 19])('with %i messages under way it waits for nothing', (inFlight) => {
    expect(waitText(plan(inFlight))).toBeNull();
    expect(takesText(plan(inFlight), seconds)).toBe('about 8 s');
  });

  it.each([20, 34])('with %i messages under way it waits, and promises no time before that is over', (inFlight) => {
    expect(waitText(plan(inFlight))).toMatch(
      new RegExp(`^it waits now.*: ${inFlight} messages .* under way, and fewer than 20 have to be$`),
    );
    expect(takesText(plan(inFlight), seconds)).toBe('about 8 s once that is so');
  });

  it('counts kinds of events', () =>
    expect([1, 3].map(hearsText)).toEqual([
      'The one kind of event that it hears',
      'The 3 kinds of events that it hears',
    ]));

  it('has no option of the command line in a cure for the page', () => {
    const cure = 'mend that first (`npx frontdesk status`), or add --override';
    expect(cureOnPage({ cure, isOverridable: true })).not.toMatch(/--|npx/);
    expect(cureOnPage({ cure: 'wait for it', isOverridable: false })).toBe('wait for it');
  });
});
