/** After a restore: nothing that was received before may be answered again (platform §4.10, §5.10). */
import type { DatabaseSync } from 'node:sqlite';
import { createEventBridge } from '../aws/eventbridge/event-bridge.ts';
import { createSsm } from '../aws/ssm/ssm.ts';
import { createParameterStore } from '../aws/ssm/store.ts';
import { STAGE } from './stage.ts';

export type ClosedPast = {
  /** RFC 3339, UTC. */
  readonly replyEpoch: string;
  readonly ledgerGeneration: number;
};

/**
 * Raises `reply_epoch` to `now` and the ledger's generation by one, in the SQLite file of an endpoint that does not run. Both
 * are recorded changes: the next start states them on the bus.
 *
 * @param now    epoch milliseconds
 * @param about  who and why, for the parameters' history
 */
export function closePast(
  database: DatabaseSync,
  now: number,
  about: { readonly by: string; readonly reason: string },
): ClosedPast {
  const { accountId, region, env } = STAGE;
  const eventBridge = createEventBridge({
    database,
    accountId,
    region,
    // Nothing is delivered here: what is matched waits in the file for the next start.
    timing: { now: () => now, setTimer: () => () => {}, timeScale: 1 },
    enqueueInvocation: () => false,
    sendToQueue: () => {},
  });
  const ssm = createSsm({
    database,
    accountId,
    region,
    now: () => now,
    onChange: ({ name, type, operation }) =>
      eventBridge.fromService('aws.ssm', 'Parameter Store Change', { name, type, operation }),
  });
  const parameters = createParameterStore(database);
  const set = (flag: string, value: string): void => {
    const Name = `/frontdesk/${env}/${flag}`;
    const Description = JSON.stringify({ ...about, basedOn: parameters.newest(Name)?.version ?? 0 });
    ssm.service.operations.PutParameter?.({ Name, Value: value, Type: 'String', Overwrite: true, Description });
  };
  const replyEpoch = new Date(now).toISOString();
  const generation = Number(ssm.value(`/frontdesk/${env}/ledger_generation`) ?? 1);
  const ledgerGeneration = (Number.isInteger(generation) && generation > 0 ? generation : 1) + 1;
  set('ledger_generation', String(ledgerGeneration));
  set('reply_epoch', replyEpoch);
  eventBridge.stop();
  return { replyEpoch, ledgerGeneration };
}
