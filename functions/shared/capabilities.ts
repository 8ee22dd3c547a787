/** What a capability and a duty may touch, as data: permissions follow from it and from nothing else (platform §4.5). */
import { ERASED } from './audit/erasures.ts';
import { leavesOf, SEALS } from './audit/seals.ts';
import type { Capability } from './container.ts';
import type { TableName } from './store/language.ts';

/** `query` asks an index, `list` the table itself. */
export type Access = 'read' | 'write' | 'delete' | 'query' | 'list';
/** Keys of one table that begin with `prefix`; for an index query, a pattern of the index's partition key. */
export type KeyAccess = { readonly table: TableName; readonly prefix: string; readonly access: readonly Access[] };
export type Needs = { readonly secrets: readonly string[]; readonly keys: readonly KeyAccess[] };

const NOTHING: Needs = { secrets: [], keys: [] };
const READ_WRITE = ['read', 'write'] as const;

/** Every client of the helpdesk holds the key; that it may only read, tag, close or send is the port's type. */
const HELPDESK: Needs = {
  secrets: ['richpanel/api_key'],
  // The vendor's budget is shared by all functions (platform §5.5).
  keys: [{ table: 'vendor_limits', prefix: 'richpanel#', access: READ_WRITE }],
};

const OPENAI: Needs = {
  secrets: ['openai/api_key'],
  // Whether it answers is known to all who ask it (platform §5.6).
  keys: [{ table: 'vendor_limits', prefix: 'openai#', access: READ_WRITE }],
};

/** What the port behind a capability needs. */
export const CAPABILITY_NEEDS: Readonly<Record<Capability, Needs>> = {
  // Which secrets are read by name stands beside the function (`ROLES` in stacks/topology-grants.ts).
  secrets: NOTHING,
  digests: { secrets: ['hash_salt'], keys: [] },
  cipher: { secrets: ['vault_key'], keys: [] },
  helpdesk: HELPDESK,
  directory: HELPDESK,
  tagger: HELPDESK,
  closer: HELPDESK,
  noter: HELPDESK,
  sender: HELPDESK,
  orders: HELPDESK,
  // These run without a key.
  classifier: NOTHING,
  verifier: NOTHING,
  modelClassifier: OPENAI,
  modelVerifier: OPENAI,
  limits: NOTHING,
  templates: NOTHING,
  // Every function reads flags; this one reads them raw.
  parameters: NOTHING,
  // The one question to the bus: permissions of topology-permissions.ts.
  intakeRule: NOTHING,
};

const on = (table: TableName, prefix: string, ...access: Access[]): KeyAccess => ({ table, prefix, access });

/** What a part in the protocols needs of the ledger and the read models. */
export const DUTY_KEYS = {
  /** Message records made and merged at the door (protocols §2). */
  intake: [on('idempotency', 'evt:', 'read', 'write')],
  /** What agents say by tag, once (platform §9.6). */
  feedback: [on('idempotency', 'fbk:', 'read', 'write')],
  /** Message records: claims on comments, branches, settling (protocols §3, §7). */
  messages: [on('idempotency', 'evt:', 'read', 'write')],
  /** Time parked, and the branch that an escalation opens: told to the message record, never asked of it (protocols §5). */
  tellMessages: [on('idempotency', 'evt:', 'write')],
  /** Own claims on events; the prefix gets the function's name (protocols §4). */
  consume: [on('idempotency', 'csm:{function}:', 'read', 'write')],
  /** How many replies a customer had (platform §2.4 L4). */
  readCustomers: [on('idempotency', 'cust:', 'read')],
  reserveCustomers: [on('idempotency', 'cust:', 'read', 'write')],
  readConversation: [on('conversation_state', '', 'read')],
  /** Attempts to prove an order (replies §2.2). */
  countMatches: [on('idempotency', 'match:', 'read', 'write')],
  writeConversation: [on('conversation_state', '', 'read', 'write')],
  /** When a write to the register began (protocols §8). */
  route: [on('idempotency', 'act:rp_tag:', 'read', 'write')],
  /** The door's claim and outcome (protocols §6). */
  door: [on('idempotency', 'act:rp_reply:', 'read', 'write')],
  close: [on('idempotency', 'act:rp_resolve:', 'read', 'write')],
  /** One note a message. */
  note: [on('idempotency', 'act:rp_note:', 'write')],
  keepOrderFacts: [on('vault', 'ord:', 'write')],
  renderOrderFacts: [on('vault', 'ord:', 'read', 'delete')],
  /** The redacted text that the verifier needs (platform §2.1). */
  keepMessageText: [on('vault', 'txt:', 'write')],
  readMessageText: [on('vault', 'txt:', 'read')],
  /** The sparse index of what is open: messages under `evt`, claims under `act` (protocols §7). */
  sweep: [
    on('idempotency', 'evt', 'query'),
    on('idempotency', 'act', 'query'),
    on('idempotency', 'evt:', 'write'),
    on('idempotency', 'act:', 'write'),
  ],
  /** Since when intake is held back no longer (protocols §7). */
  holdIntake: [on('vendor_limits', 'intake#', 'read', 'write')],
  /** Circuits that nobody tries (platform §5.6). */
  watchCircuits: [on('vendor_limits', 'richpanel#', 'read', 'write'), on('vendor_limits', 'openai#', 'read', 'write')],
  trail: [on('audit_trail', '', 'write')],
  /** Which conversations were erased (platform §4.7). */
  askErased: [on('audit_trail', ERASED, 'read')],
  /** The leaves of an hour, and the seals over them. */
  seal: [
    on('audit_trail', 'hour#*', 'query'),
    on('audit_trail', SEALS, 'list', 'write'),
    on('audit_trail', leavesOf(''), 'list', 'write'),
  ],
  /** The pointer says which generation is in force. */
  readModels: [on('read_models', '', 'write'), on('read_models', 'projection', 'read')],
} as const satisfies Readonly<Record<string, readonly KeyAccess[]>>;

export type Duty = keyof typeof DUTY_KEYS;
