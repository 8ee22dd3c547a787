import { describe, expect, it } from 'vitest';
import { hearsText, refusedOnPage, takesText, waitText, windowsText } from './plan-words.ts';

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

  it.each([
    [300, '4, of at most 300 events each'],
    [1_200, '4, of which the largest holds about 1,200 events: what came in closer together is not divided'],
  ])('with %i events in the largest window it promises what holds', (largestWindowEvents, says) =>
    expect(windowsText({ windows: 4, windowEvents: 300, largestWindowEvents })).toBe(says),
  );

  it('counts kinds of events', () =>
    expect([1, 3].map(hearsText)).toEqual([
      'The one kind of event that it hears',
      'The 3 kinds of events that it hears',
    ]));

  it.each([
    ['unhealthy', 'an alarm is on', 'mend that first (`npx frontdesk status`), or add --override', true],
    ['another_replay', 'x is not over', 'see `npx frontdesk replay status x`', false],
    ['empty_period', '--from is not before --to', 'name an earlier --from', false],
    ['too_fresh', 'the archive takes 10 minutes', 'wait, or name 2026-01-01T00:00:00.000Z as --to', false],
    ['no_such_twin', 'no such rule', 'deploy this release there first', false],
  ])('has no word of the command line on the page for %s', (code, message, cure, isOverridable) => {
    const said = refusedOnPage({ code, message, cure, isOverridable });
    expect(`${said.message} ${said.cure}`).not.toMatch(/--|npx/);
  });
});
