/** Platform §5.5; reference §3.2c: a list that is refused, goes on or is paid for from a small budget. */
import { describe, expect, it } from 'vitest';
import { VendorError } from '../shared/errors.ts';
import { MINUTE, setUp } from './testing.ts';

describe('a helpdesk that gives little', () => {
  it.each([403, 404] as const)('a key that is refused the list (%i) costs the run, and is measured', async (status) => {
    const { run, replaces, container, told } = setUp();
    replaces({ directory: { tickets: async () => ({ kind: 'unavailable', status }) } });
    expect(await run()).toEqual({ scanned: 0, missing: 0, republished: 0 });
    expect(container.telemetry.lines.map(({ event, fields }) => [event, fields])).toEqual([
      ['system.reconciler.list_refused', { http_status: status }],
    ]);
    expect(told().map(({ metadata }) => metadata.eventName)).toEqual(['ReconciliationCompleted']);
  });

  it('a used-up budget is waited for as long as the run has time; the rest is for the next run', async () => {
    const { writes, run, clock, replaces, helpdesk, container } = setUp();
    for (let number = 0; number < 30; number += 1) writes(`conv_${number}`);
    clock.advance(10 * MINUTE);
    const began = clock.monotonic();
    const taken: number[] = [];
    replaces({
      helpdesk: {
        ticket: (id: string) => {
          if (taken.filter((at) => at > clock.now() - 31_000).length >= 9)
            throw new VendorError('richpanel', 'rate_limited');
          taken.push(clock.now());
          return helpdesk.ticket(id);
        },
      },
    });
    expect(await run()).toEqual({ scanned: 18, missing: 18, republished: 18 });
    expect(clock.monotonic() - began).toBeLessThan(container.settings.timeoutMs);
    clock.advance(15 * MINUTE);
    expect(await run()).toEqual({ scanned: 12, missing: 12, republished: 12 });
  });

  it('a busy table costs a read that was not needed, and no run', async () => {
    const { writes, run, clock, replaces, store, reads } = setUp();
    writes('conv_1');
    writes('conv_2');
    clock.advance(10 * MINUTE);
    await run();
    const get: typeof store.get = (table, key) =>
      table === 'vendor_limits' && String(key.bucket).endsWith('conv_1')
        ? Promise.reject(new VendorError('dynamodb', 'rate_limited'))
        : store.get(table, key);
    replaces({ store: { ...store, get } });
    expect(await run()).toEqual({ scanned: 1, missing: 0, republished: 0 });
    expect([reads.length, reads.at(-1)]).toEqual([3, 'conv_1']);
  });

  it('says how many tickets a run left unread, and nothing where it had no time for the list', async () => {
    const { writes, run, clock, replaces, container } = setUp();
    const left: number[] = [];
    const observe = (name: string, value: number) => void (name === 'reconciler.unread_tickets' && left.push(value));
    replaces({ metrics: { ...container.metrics, observe } });
    writes('conv_1');
    clock.advance(10 * MINUTE);
    await run();
    const { directory } = container;
    replaces({ directory: { tickets: () => Promise.reject(new VendorError('richpanel', 'rate_limited')) } });
    await run();
    replaces({ directory });
    await run();
    expect(left).toEqual([0, 0]);
  });

  it.each(['server', 'timeout', 'auth', 'circuit_open'] as const)(
    '%s ends the run; the next one goes on',
    async (kind) => {
      const { writes, run, clock, replaces, helpdesk } = setUp();
      writes('conv_1');
      clock.advance(10 * MINUTE);
      replaces({ helpdesk: { ticket: () => Promise.reject(new VendorError('richpanel', kind)) } });
      expect(await run()).toEqual({ scanned: 0, missing: 0, republished: 0 });
      replaces({ helpdesk });
      expect(await run()).toEqual({ scanned: 1, missing: 1, republished: 1 });
    },
  );

  it('pages are followed, rows that are no matter of the window are passed over, and a list that goes on is left', async () => {
    const { run, replaces, clock, reads } = setUp();
    const row = (id: string, updatedAt: number | null, status = 'open') => ({ id, updatedAt, status, tags: [] });
    const asked: number[] = [];
    replaces({
      directory: {
        tickets: async (_query: unknown, page: number) => {
          asked.push(page);
          const rows =
            page === 1
              ? [row('conv_old', clock.now() - 25 * 60 * MINUTE), row('conv_new', clock.now() - MINUTE)]
              : [row(`conv_closed_${page}`, clock.now(), 'closed'), row('conv_undated', null)];
          return { kind: 'page', rows, next: page + 1 };
        },
      },
    });
    await run();
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(reads.toSorted()).toEqual(['conv_new', 'conv_undated']);
  });
});
