import { expect, it } from 'vitest';
import { createHistory } from '../kernel/history.ts';
import { createRandom } from '../kernel/random.ts';
import { createScheduler } from '../kernel/scheduler.ts';
import { simulatedHelpdesk } from './helpdesk.ts';

const START_AT = Date.UTC(2026, 0, 31);
const LAGGING = {
  staleReads: 0,
  staleMs: 0,
  staleReturns: 1,
  hidesList: false,
  lateWrites: 0,
  slowWrites: 0,
  replyLagMs: 0,
};
const conversation = {
  conversationId: 'conv-1',
  channel: 'email',
  customer: { id: 'customer-1', email: 'one@shop.example', firstName: 'One' },
  order: null,
} as const;

/** How many comments the second of two readers is shown at `thenAt`: two of the customer, a slow one last, and an agent's. */
async function shownAt(thenAt: number): Promise<number | undefined> {
  const scheduler = createScheduler({ seed: 'helpdesk', startAt: START_AT, history: createHistory() });
  const helpdesk = simulatedHelpdesk({
    scheduler,
    random: createRandom('helpdesk'),
    faults: LAGGING,
    record: () => {},
    causeOf: () => null,
  });
  const { clock } = scheduler.process('people');
  const read = async (by: string) => (await helpdesk.portsFor(scheduler.process(by)).ticket('conv-1'))?.comments.length;
  const until = (at: number): Promise<void> => clock.sleep(START_AT + at - clock.now());
  let shown: number | undefined;
  const play = async (): Promise<void> => {
    helpdesk.open(conversation);
    helpdesk.customerWrites('conv-1', 'first');
    await until(300);
    helpdesk.customerWrites('conv-1', 'slow', { lagMs: 5_000 });
    await until(2_600);
    helpdesk.agentWrites('conv-1', 'an answer');
    await until(thenAt - 100);
    await read('classify#1');
    await until(thenAt);
    shown = await read('classify#2');
  };
  void play();
  await scheduler.run();
  return shown;
}

it('shows less to whoever comes back soon, and nothing that was written 20 s ago is hidden with what came after it', async () => {
  expect(await shownAt(19_000)).toBe(1);
  expect(await shownAt(20_300)).toBe(3);
});
