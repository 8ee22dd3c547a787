/** After a restore: nothing that was received before may be answered again (platform §4.10, §5.10). */
import type { DatabaseSync } from 'node:sqlite';
import { createEventBridge } from '../aws/eventbridge/event-bridge.ts';
import { createSsm, type Ssm } from '../aws/ssm/ssm.ts';
import { createParameterStore } from '../aws/ssm/store.ts';
import { STAGE } from './stage.ts';

export type ClosedPast = {
  /** RFC 3339, UTC. */
  readonly replyEpoch: string;
  readonly ledgerGeneration: number;
};

/** Who and why, for the parameters' history. */
export type About = { readonly by: string; readonly reason: string };

/** Parameters, and the file they are in. */
export type Flags = { readonly database: DatabaseSync; readonly ssm: Ssm };

/**
 * Raises `reply_epoch` to `now` and the ledger's generation by one, in the SQLite file of an endpoint that does not run. Both
 * are recorded changes: the next start states them on the bus.
 *
 * @param now    epoch milliseconds
 */
export function closePast(database: DatabaseSync, now: number, about: About): ClosedPast {
  const { accountId, region } = STAGE;
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
  const past = closePastIn({ database, ssm }, now, about);
  eventBridge.stop();
  return past;
}

/** The same by the endpoint's own parameters. The epoch first: a generation raised alone leaves the past open under new ids. */
export function closePastIn(flags: Flags, now: number, about: About): ClosedPast {
  const replyEpoch = new Date(now).toISOString();
  // Above whatever somebody called whole before there was such a generation.
  const called = ['ledger_generation', 'ledger_whole'].map((flag) => Number(flags.ssm.value(nameOf(flag)) ?? 1));
  const ledgerGeneration = Math.max(1, ...called.filter(Number.isInteger)) + 1;
  writeFlag(flags, 'reply_epoch', replyEpoch, about);
  writeFlag(flags, 'ledger_generation', String(ledgerGeneration), about);
  return { replyEpoch, ledgerGeneration };
}

/** Stores a flag with who and why, as the command line does: whoever sets it later is told of both. */
export function writeFlag({ database, ssm }: Flags, flag: string, value: string, about: About): void {
  const Name = nameOf(flag);
  const basedOn = createParameterStore(database).newest(Name)?.version ?? 0;
  const Description = JSON.stringify({ ...about, basedOn });
  ssm.service.operations.PutParameter?.({ Name, Value: value, Type: 'String', Overwrite: true, Description });
}

const nameOf = (flag: string): string => `/frontdesk/${STAGE.env}/${flag}`;
