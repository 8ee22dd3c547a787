import { describe, expect, it } from 'vitest';
import { adviceOn } from './advice.ts';

describe('what to do about a cause', () => {
  it.each([
    ['richpanel_auth', 'R011'],
    ['secrets_unreadable', 'R011'],
    ['bug', 'R010'],
    ['dynamodb_server', 'R012'],
    ['no_permissions', 'R005'],
    ['unknown_major', 'R005'],
    ['foreign_source', 'R005'],
    ['budget_richpanel_rate_limited', 'R004'],
    ['budget_foreign_lease', 'R005'],
    ['richpanel_rate_limited', 'R004'],
    ['richpanel_invalid', 'R004'],
    ['retries_exhausted', 'R005'],
    ['maximum_retry_attempts', 'R005'],
    ['unknown', 'R005'],
  ])('%s leads to %s', (cause, runbook) => expect(adviceOn(cause).runbook).toBe(runbook));

  it('a claim that another run kept is not blamed on a vendor', () => {
    const { means, cure } = adviceOn('budget_foreign_lease');
    expect(`${means} ${cure}`).not.toContain('vendor');
    expect(cure).toMatch(/^Look at the ticket first/);
  });

  it('what is refused for good is not promised back', () =>
    expect(adviceOn('unknown_major').cure).toContain('A redrive gives it up'));

  it.each(['foreign_source', 'foreign_producer', 'name_mismatch', 'no_envelope', 'invalid_metadata'])(
    '%s promises no tag: nothing that it says is believed',
    (cause) => {
      expect(adviceOn(cause).runbook).toBe('R005');
      expect(adviceOn(cause).cure).toContain('ticket and record that it names stay as they are');
    },
  );
});
