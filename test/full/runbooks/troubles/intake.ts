/** R001: every webhook comes ten times, then the sender has a token that nobody knows. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_MS } from '../stage.ts';
import { demand, nowText, type Trouble } from '../trouble.ts';

const COPIES = 9;
const STORM = 8;
const MISSED = 3;
const QUESTION = 'where is my order?';

type Delivery = { readonly status: number };

export async function intakeTrouble(): Promise<Trouble> {
  return {
    started: { timeScale: 0.2 },
    async plant(stage, known) {
      await stage.control('PUT', 'options', { duplicate: COPIES });
      for (let index = 0; index < STORM; index += 1) await stage.write(`doubled-${index}`);
      await stage.until('the doubled ones are settled', PATIENCE_MS, async () => (await stage.status()).inFlight === 0);
      await stage.control('PUT', 'options', { webhookToken: randomBytes(32).toString('hex') });
      known.set('repaired-at', nowText());
      for (let index = 0; index < MISSED; index += 1) await stage.write(`missed-${index}`);
      known.set('doubled', 'doubled-0').set('missed', 'missed-0');
      stage.customers('later', 6_000);
      await sleep(3_000);
    },
    deeds: (stage) => [async () => void (await stage.control('PUT', 'options', { duplicate: 0 }))],
    async prove({ stage }) {
      for (let index = 0; index < MISSED; index += 1)
        demand((await stage.outcomeOf(`missed-${index}`)) === 'routed', `missed-${index} was not found and routed`);
      await stage.untilEnded(await stage.arrived('after-1', QUESTION), 'replied');
      const twice = await stage.answeredTwice();
      demand(twice.length === 0, `answered twice: ${twice.join(', ')}`);
      const deliveries = (await stage.control('GET', 'webhook-deliveries')) as readonly Delivery[];
      const refused = deliveries.filter(({ status }) => status === 401).length;
      demand(refused > 0, 'no webhook was refused: there was no trouble');
      return [
        `${deliveries.length} webhooks, ${STORM} messages ${COPIES + 1} times each, ${refused} refused`,
        `${MISSED} missed ones routed, 0 answered twice`,
      ];
    },
  };
}
