/** How often each secret is to be changed (platform §1.4). */
import { topology } from '../../stacks/topology.ts';

const DAY_MS = 86_400_000;

/** `null`: not by the calendar. */
type Rule = { readonly days: (env: string) => number | null; readonly says: string };

const every = (days: number, inProd = days): Rule => ({
  days: (env) => (env === 'prod' ? inProd : days),
  says: 'or on exposure',
});
const never = (says: string): Rule => ({ days: () => null, says });

const RULES: Readonly<Record<string, Rule>> = {
  'richpanel/api_key': every(90, 60),
  'richpanel/webhook_token': every(90),
  'richpanel/bot_agent_id': never('on change of our seat'),
  'openai/api_key': every(90),
  hash_salt: never('never in place: a new version beside the old'),
  vault_key: never('never in place: what it sealed could not be read'),
};

export const SECRET_NAMES: readonly string[] = topology.secrets.map(({ name }) => name);

export type Age = {
  readonly ageDays: number | null;
  readonly rotateEveryDays: number | null;
  /** RFC 3339, UTC. */
  readonly dueAt: string | null;
  readonly state: 'fresh' | 'due' | 'missing';
  /** When else it is changed. */
  readonly says: string;
};

/** @param madeAt  epoch milliseconds; `null` where there is no such secret */
export function ageOf(name: string, env: string, madeAt: number | null, now: number): Age {
  const rule = RULES[name];
  if (rule === undefined) throw new Error(`${name} has no rule of rotation`);
  const days = rule.days(env);
  const due = madeAt === null || days === null ? null : madeAt + days * DAY_MS;
  return {
    ageDays: madeAt === null ? null : Math.floor((now - madeAt) / DAY_MS),
    rotateEveryDays: days,
    dueAt: due === null ? null : new Date(due).toISOString(),
    state: madeAt === null ? 'missing' : due !== null && now >= due ? 'due' : 'fresh',
    says: rule.says,
  };
}
