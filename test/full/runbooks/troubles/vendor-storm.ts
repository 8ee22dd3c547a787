/** R004: OpenAI fails until its circuit opens, then the helpdesk answers writes and every third read with 429 and Retry-After. */
import { decisionOf } from '../../../openai-stand-in/answers.ts';
import { STAND_IN_KEY, startStandIn } from '../../../openai-stand-in/server.ts';
import { PATIENCE_MS } from '../stage.ts';
import { demand, nowText, type Trouble } from '../trouble.ts';

/** Seconds; longer than a call waits for by itself, so that messages are parked. */
const RETRY_AFTER_S = 12;
/** What the page calls too old, and a little. */
const OLD_S = 62;
const ANSWER = decisionOf({
  intent: 'damaged_item',
  team: 'Returns Admin',
  template: 't_damaged_item_intake',
  tier: 'TIER_1_SAFE_ASSIST',
});

type Rule = { readonly hits: number };

export async function vendorStorm(): Promise<Trouble> {
  let isDown = true;
  let refused = 0;
  const openAi = await startStandIn(() =>
    isDown ? { kind: 'status', status: 503 } : { kind: 'answer', output: ANSWER },
  );
  return {
    started: {
      timeScale: 0.15,
      args: ['--classifier', 'openai'],
      variables: { OPENAI_API_KEY: STAND_IN_KEY, OPENAI_BASE_URL: openAi.url },
    },
    async plant(stage, known) {
      const first = stage.customers('model', 400);
      await stage.until(
        'the circuit of OpenAI opens',
        PATIENCE_MS,
        async () => (await stage.status()).breakers.openai === 'open',
      );
      await first.stop();
      // Every write and every third read: what is read is still put to OpenAI, which goes on failing.
      const fault = { name: 'rate429', retryAfter: RETRY_AFTER_S };
      const storm = [
        { match: { method: 'PUT' }, fault },
        { match: { method: 'GET', every: 3 }, fault },
      ];
      await stage.control('POST', 'faults', storm);
      known.set('conversation', await stage.arrived('held')).set('stopped-at', nowText());
      stage.customers('held-too', 4_000);
      await stage.until('a message is old', PATIENCE_MS, async () => (await stage.status()).oldestUnsettledS >= OLD_S);
    },
    deeds: (stage) => [
      async () => {
        const { faults } = (await stage.control('GET', 'faults')) as { faults: readonly Rule[] };
        refused = faults.reduce((sum, { hits }) => sum + hits, 0);
        await stage.control('DELETE', 'faults');
        isDown = false;
      },
    ],
    async prove({ stage, known, resumedAt }) {
      const between = (await stage.received()).filter(
        ({ at }) => at > (known.get('stopped-at') ?? '') && at < resumedAt,
      );
      demand(between.length === 0, `${between.length} replies during the storm`);
      const asked = openAi.told.length;
      await stage.untilEnded(await stage.arrived('after-1'), 'replied');
      demand(openAi.told.length > asked, 'OpenAI was not asked again');
      demand(refused > 0, 'no call was refused: there was no storm');
      const twice = await stage.answeredTwice();
      demand(twice.length === 0, `answered twice: ${twice.join(', ')}`);
      return [
        `${refused} calls refused with Retry-After, 0 dead letters of them, 0 replies meanwhile, OpenAI asked again`,
      ];
    },
    close: () => openAi.close(),
  };
}
