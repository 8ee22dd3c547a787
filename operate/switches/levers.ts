/** What the kill switch is worked with: parameters, rules of the bus, open claims, a clock. Ports, and the real ones. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeRuleCommand, DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import type { SwitchedRule } from '../../events/flags.ts';
import type { Context } from '../context.ts';
import { type FlagStore, flagStore } from '../flags/parameters.ts';
import { asking, busClient } from '../instance/clients.ts';
import { type Place, placeOf } from '../instance/place.ts';
import { endpointTables, type Tables } from '../instance/tables.ts';
import { openReplyClaims } from './claims.ts';

export type Rules = {
  isOn(rule: SwitchedRule): Promise<boolean>;
  set(rule: SwitchedRule, isOn: boolean): Promise<void>;
};

export type Levers = {
  readonly flags: Pick<FlagStore, 'read' | 'write'>;
  readonly rules: Rules;
  /** Keys of the replies that are being sent (protocols §6). */
  openClaims(): Promise<ReadonlySet<string>>;
  /** Milliseconds that only grow. */
  monotonic(): number;
  sleep(ms: number): Promise<void>;
  tell(line: string): void;
};

export type LiveLevers = Levers & {
  readonly flags: FlagStore;
  readonly tables: Tables;
  readonly place: Place;
};

/** Runs with the levers of the place that the command was pointed at. */
export async function withLevers<T>(context: Context, run: (levers: LiveLevers) => Promise<T>): Promise<T> {
  const place = placeOf(context);
  const flags = flagStore(place);
  const tables = endpointTables(place);
  const bus = busClient(place);
  const ruleOf = (rule: SwitchedRule) => ({ Name: rule, EventBusName: place.busName });
  const rules: Rules = {
    isOn: async (rule) =>
      (await asking('EventBridge', () => bus.send(new DescribeRuleCommand(ruleOf(rule))))).State !== 'DISABLED',
    async set(rule, isOn) {
      const command = isOn ? new EnableRuleCommand(ruleOf(rule)) : new DisableRuleCommand(ruleOf(rule));
      await asking('EventBridge', () => bus.send(command as DisableRuleCommand));
    },
  };
  try {
    return await run({
      flags,
      tables,
      rules,
      place,
      openClaims: () => openReplyClaims(tables),
      monotonic: () => performance.now(),
      sleep: (ms) => sleep(ms),
      tell: context.tell,
    });
  } finally {
    flags.close();
    bus.destroy();
    await tables.close();
  }
}
