/** The run of issue 6 in small, and what its judge is worth. The whole of it: `npm run test:full -- --only sandbox-run`. */
import { describe, expect, it } from 'vitest';
import { restrict } from '../../../functions/shared/restricted.ts';
import { createRandom } from '../../simulation/kernel/random.ts';
import { claimsIn } from './claims.ts';
import { judge, wrongFacts } from './judge.ts';
import { CASES, orderNumber, parcelNumber, vendorOrder } from './orders.ts';
import { playShop } from './play.ts';
import { runShops } from './run.ts';
import { type Conversation, inventConversation } from './scenario.ts';
import type { Spoiled } from './shop.ts';
import { type Setting, SWITCH_NAMES, SWITCHES } from './switches.ts';
import { untried } from './tried.ts';

const LONG_MS = 180_000;

it(
  '204 conversations under every fault and 34 combinations of what is open: nobody hears twice, nothing wrong, all settle',
  async () => {
    const totals = await runShops('small', { conversationsEach: 6, shops: 34 });
    expect(totals.violations).toEqual([]);
    expect(untried(totals)).toEqual([]);
    expect(totals).toMatchObject({ conversations: 204, shops: 34 });
    expect(totals.replies).toBeGreaterThan(30);
    expect(totals.orderReplies).toBeGreaterThan(15);
  },
  LONG_MS,
);

describe('the judge', () => {
  const usual = Object.fromEntries(SWITCH_NAMES.map((name) => [name, SWITCHES[name][0]])) as Setting;
  const asking = (index: number): Conversation => ({
    ...inventConversation(createRandom('asking'), index),
    channel: 'email',
    id: `<ask+${index}@mail.example.test>`,
    link: 'own',
    order: 'inTransit',
    acts: [{ kind: 'writes', atMs: 0, text: 'Where is my order?', isDispute: false }],
  });
  const judged = async (count: number, spoiled: Spoiled) =>
    judge(
      await playShop(
        'spoiled',
        usual,
        Array.from({ length: count }, (_one, index) => asking(index)),
        { withFaults: false, spoiled },
      ),
    );
  const rulesOf = ({ violations }: Awaited<ReturnType<typeof judged>>) => [
    ...new Set(violations.map(({ rule }) => rule)),
  ];

  it('has nothing to say where nothing is wrong', async () => {
    // As many as the budget of half a minute carries: of more, some replies are withheld.
    const fine = await judged(4, {});
    expect([fine.violations, fine.replies, fine.orderReplies]).toEqual([[], 4, 4]);
  });

  it('sees a reply that is sent twice', async () => {
    const twice = await judged(2, {
      ports: (ports) => ({
        ...ports,
        sender: {
          async send(...call) {
            await ports.sender.send(...call);
            return ports.sender.send(...call);
          },
        },
      }),
    });
    expect(rulesOf(twice)).toContain('double');
  });

  it('sees what is said about another’s order', async () => {
    const { buyer } = asking(0);
    const swapped = await judged(1, {
      ports: (ports) => ({
        ...ports,
        orders: {
          ...ports.orders,
          linked: async () =>
            restrict({
              ...vendorOrder('inTransit', 9, buyer, Date.UTC(2026, 2, 3, 9)),
              appClientId: 'acme-store-1',
            }),
        },
      }),
    });
    expect(rulesOf(swapped)).toEqual(['order facts']);
  });

  it('sees writes over the limit', async () => {
    expect(rulesOf(await judged(40, { limits: { take: async () => true } }))).toContain('rate');
  });
});

describe('what a reply says', () => {
  const conversation = { ...inventConversation(createRandom('claims'), 3), link: 'own' } as const;
  const said = (status: string, order = orderNumber(3), parcel = parcelNumber(3)) =>
    `Hi Ann,<br>Here is where order #${order} stands right now.<br>- Status: ${status}<br>- Carrier: UPS<br>- Tracking number: ${parcel}`;
  const versions = [
    { from: 0, sayable: CASES.inTransit.sayable },
    { from: 10_000_000, sayable: CASES.delivered.sayable },
  ];
  const wrong = (body: string, at: number) => wrongFacts(conversation, versions, body, at);

  it.each([
    ['what is so', said('shipped, on its way'), 1, []],
    ['what was so within the time that facts stay fresh', said('shipped, on its way'), 10_900_000, []],
    ['what is so by then', said('delivered'), 20_000_000, []],
  ])('%s', (_what, body, at, expected) => expect(wrong(body, at)).toEqual(expected));

  it.each([
    ['too early', said('delivered'), 1, 'status delivered'],
    ['too late', said('shipped, on its way'), 20_000_000, 'status shipped'],
    ['another order', said('delivered', '700004'), 20_000_000, 'order 700004'],
    ['another parcel', said('delivered', undefined, parcelNumber(4)), 20_000_000, `parcel ${parcelNumber(4)}`],
    ['nothing that can be read', `Order ${orderNumber(3)} is fine.`, 1, 'nothing said that can be read'],
  ])('%s is wrong', (_what, body, at, says) => expect(wrong(body, at)).toContain(says));

  it('is read through markup that was escaped', () => {
    const escaped = said('delivered').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    expect(claimsIn(escaped)).toEqual(claimsIn(said('delivered')));
  });
});
