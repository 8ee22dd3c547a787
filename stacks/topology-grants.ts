/** Who may read and write what: capabilities and duties of each function, turned into secrets and key prefixes (platform §4.5). */
import type { FunctionName } from '../events/words.ts';
import { CAPABILITY_NEEDS, DUTY_KEYS, type Duty, type KeyAccess } from '../functions/shared/capabilities.ts';
import type { Capability } from '../functions/shared/container.ts';
import type { DeployedFunction } from '../functions/shared/function-settings.ts';
import type { TableName } from '../functions/shared/store/language.ts';
import type { KeyGrant } from './topology-types.ts';

type Role = {
  /** The same list as `uses` in the function's handler; a test compares them. */
  readonly uses: readonly Capability[];
  readonly duties: readonly Duty[];
  /** Secrets read by name. */
  readonly secrets?: readonly string[];
};

const BOT_SEAT = 'richpanel/bot_agent_id';

export const ROLES: Readonly<Record<DeployedFunction, Role>> = {
  ingest: { uses: ['secrets', 'digests'], duties: ['intake', 'feedback'], secrets: ['richpanel/webhook_token'] },
  classify: {
    uses: ['helpdesk', 'digests', 'classifier', 'modelClassifier', 'templates', 'secrets', 'cipher'],
    duties: ['consume', 'messages', 'writeConversation', 'readCustomers', 'keepMessageText'],
    // It must tell our comments from an agent's (architecture §10 ruling 31).
    secrets: [BOT_SEAT],
  },
  'order-lookup': {
    uses: ['orders', 'helpdesk', 'digests', 'cipher'],
    duties: ['consume', 'tellMessages', 'countMatches', 'keepOrderFacts'],
  },
  verify: {
    uses: ['verifier', 'modelVerifier', 'templates', 'cipher'],
    // A verifier's Tier 0 sets the sticky flag (decisions I3).
    duties: ['consume', 'tellMessages', 'writeConversation', 'readCustomers', 'readMessageText'],
  },
  'responder-route': {
    uses: ['helpdesk', 'tagger', 'noter'],
    duties: ['consume', 'messages', 'writeConversation', 'route', 'note'],
  },
  'responder-reply': {
    // Orders are read again before they are spoken of (replies §2.7).
    uses: ['helpdesk', 'tagger', 'closer', 'noter', 'sender', 'orders', 'digests', 'cipher', 'secrets', 'templates'],
    duties: [
      'consume',
      'messages',
      'writeConversation',
      'route',
      'door',
      'close',
      'note',
      'reserveCustomers',
      'renderOrderFacts',
    ],
    secrets: [BOT_SEAT],
  },
  'responder-settle': {
    uses: ['helpdesk', 'tagger', 'noter', 'digests', 'secrets'],
    duties: ['consume', 'messages', 'writeConversation', 'route', 'door', 'close', 'note'],
    // To recognise our comment; it can write none that a customer sees.
    secrets: [BOT_SEAT],
  },
  auditor: { uses: [], duties: ['consume', 'tellMessages', 'trail', 'askErased', 'readModels'] },
  sweeper: { uses: ['intakeRule'], duties: ['sweep', 'holdIntake', 'watchCircuits'] },
  reconciler: { uses: ['directory', 'helpdesk'], duties: ['intake', 'feedback', 'readConversation'] },
  'flag-watcher': { uses: ['parameters'], duties: [] },
  sealer: { uses: [], duties: ['seal'] },
};

/** Short names of the secrets a function may read, sorted. */
export function secretsOf(name: DeployedFunction): string[] {
  const { uses, secrets = [] } = ROLES[name];
  return [...new Set([...secrets, ...uses.flatMap((capability) => CAPABILITY_NEEDS[capability].secrets)])].sort();
}

/** Who may touch which keys of a table. */
export function grantsOn(table: TableName): Partial<Record<FunctionName, readonly KeyGrant[]>> {
  const grants: Partial<Record<FunctionName, readonly KeyGrant[]>> = {};
  for (const name of Object.keys(ROLES) as DeployedFunction[]) {
    const own = merge(keysOf(name).filter((key) => key.table === table));
    if (own.length > 0) grants[name] = own;
  }
  return grants;
}

function keysOf(name: DeployedFunction): KeyAccess[] {
  const { uses, duties } = ROLES[name];
  const keys: readonly KeyAccess[] = [
    ...duties.flatMap((duty): readonly KeyAccess[] => DUTY_KEYS[duty]),
    ...uses.flatMap((capability) => CAPABILITY_NEEDS[capability].keys),
  ];
  return keys.map((key) => ({ ...key, prefix: key.prefix.replace('{function}', name) }));
}

/** One grant a prefix, its accesses united. */
function merge(keys: readonly KeyAccess[]): KeyGrant[] {
  const byPrefix = new Map<string, Set<KeyGrant['access'][number]>>();
  for (const { prefix, access } of keys) {
    const united = byPrefix.get(prefix) ?? new Set();
    for (const one of access) united.add(one);
    byPrefix.set(prefix, united);
  }
  return [...byPrefix].map(([prefix, access]) => ({ prefix, access: [...access] }));
}
