/** R011: somebody else rings the door with the token, before, during and after. */
import { setTimeout as sleep } from 'node:timers/promises';
import { post } from '../../isolation/open-loop.ts';
import { readReady } from '../../rotation/load.ts';
import { PATIENCE_MS, type Stage } from '../stage.ts';
import { demand, nowText, type Trouble } from '../trouble.ts';

const EVERY_MS = 500;
const TAKEN = 10;
const AFTERWARDS_MS = 5_000;

type Forged = { readonly at: string; readonly status: number };

/** Rings with the token of now for ever, always about the same ticket, with ids only as the webhook is shipped. */
function thief(stage: Stage, ticketId: string): { readonly forged: readonly Forged[]; stop(): Promise<void> } {
  const { webhookUrl, webhookHeader, webhookToken } = readReady(stage.data);
  const headers = { 'content-type': 'application/json', [webhookHeader]: webhookToken };
  const forged: Forged[] = [];
  let isOver = false;
  const ringing = (async () => {
    while (!isOver) {
      const body = { ticket_id: ticketId, trigger: 'customer_message' };
      const at = nowText();
      const { status } = await post(webhookUrl, headers, JSON.stringify(body)).catch(() => ({ status: 0 }));
      forged.push({ at, status });
      await sleep(EVERY_MS);
    }
  })();
  return {
    forged,
    async stop() {
      isOver = true;
      await ringing;
    },
  };
}

export async function leakedToken(): Promise<Trouble> {
  let stealing: ReturnType<typeof thief> | null = null;
  let customers: ReturnType<Stage['customers']> | null = null;
  const taken = (status: number) => stealing?.forged.filter((one) => one.status === status) ?? [];
  return {
    started: { timeScale: 0.2 },
    async plant(stage, known) {
      const victim = await stage.arrived('victim');
      await stage.untilEnded(victim, 'replied');
      known.set('exposed-at', nowText()).set('rotated-at', nowText());
      customers = stage.customers('good', 1_500);
      stealing = thief(stage, victim);
      await stage.until('the door takes what is forged', PATIENCE_MS, async () => taken(200).length >= TAKEN);
    },
    deeds: () => [],
    async prove({ stage }) {
      const after = nowText();
      await sleep(AFTERWARDS_MS);
      await stealing?.stop();
      await customers?.stop();
      const late = taken(200).filter(({ at }) => at > after);
      const refused = taken(401).filter(({ at }) => at > after);
      demand(late.length === 0, `${late.length} webhooks with the stolen token were taken afterwards`);
      demand(refused.length > 0, 'the thief did not go on');
      const good = customers?.statuses ?? [];
      const unwell = good.filter((status) => status !== 200);
      demand(unwell.length === 0, `${unwell.length} good webhooks were answered ${unwell.slice(0, 5).join(', ')}`);
      await stage.untilEnded(await stage.arrived('after-1'), 'replied');
      const twice = await stage.answeredTwice();
      demand(twice.length === 0, `answered twice: ${twice.join(', ')}`);
      return [
        `${taken(200).length} forged webhooks taken before the end, 0 of ${refused.length} afterwards`,
        `${good.length} good ones, 0 refused; 0 answered twice`,
      ];
    },
    close: async () => stealing?.stop(),
  };
}
