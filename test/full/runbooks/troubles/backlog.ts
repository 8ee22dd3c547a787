/** R005: the helpdesk's key was pasted wrongly, and every message becomes a dead letter. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { WAITS } from '../../../../functions/shared/times.ts';
import { secretClient } from '../../../../operate/instance/clients.ts';
import { PATIENCE_MS, type Stage } from '../stage.ts';
import { demand, nowText, type Trouble } from '../trouble.ts';

const SecretId = 'frontdesk/local/richpanel/api_key';
const FAILING = 6;
/** Dead letters that warn (platform §6.5); the other messages are on their way to be some. */
const WARNING = 1;
const KEPT = 3;

async function putKey(stage: Stage, SecretString: string): Promise<void> {
  const client = secretClient(stage.instance());
  await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  client.destroy();
  // Containers keep what they read; a second for those that are just reading.
  await sleep(WAITS.secretCacheMs * stage.timeScale + 1_000);
}

export async function backlogTrouble(): Promise<Trouble> {
  let letters = 0;
  /** Tickets that failed, and those that were kept. */
  const held: string[] = [];
  return {
    started: { timeScale: 0.15 },
    async plant(stage, known) {
      await stage.untilEnded(await stage.arrived('before'), 'replied');
      await putKey(stage, 'pasted with a blank');
      for (let index = 0; index < FAILING; index += 1) held.push(await stage.arrived(`failing-${index}`));
      await stage.until('dead letters pile up', PATIENCE_MS, async () => (await stage.status()).deadLetters >= WARNING);
      const [first = ''] = held;
      known.set('conversation', first).set('kept', first).set('stopped-at', nowText()).set('until', '-0m');
    },
    deeds: (stage, known) => [
      async () => {
        letters = (await stage.status()).deadLetters;
        for (let index = 0; index < KEPT; index += 1) held.push(await stage.arrived(`kept-${index}`));
        known.set('kept', held.at(-1) ?? '');
        await putKey(stage, stage.instance().richpanelKey);
      },
    ],
    async prove({ stage, known, resumedAt }) {
      const between = (await stage.received()).filter(
        ({ at }) => at > (known.get('stopped-at') ?? '') && at < resumedAt,
      );
      demand(between.length === 0, `${between.length} replies to what was redriven or replayed`);
      for (const id of held) demand((await stage.outcomeOf(id)) === 'routed', `${id} was not routed`);
      await stage.untilEnded(await stage.arrived('after-0'), 'replied');
      const twice = await stage.answeredTwice();
      demand(twice.length === 0, `answered twice: ${twice.join(', ')}`);
      return [`${letters} letters of ${FAILING} messages redriven, ${KEPT} kept ones replayed, all routed, 0 replies`];
    },
  };
}
