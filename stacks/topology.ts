/** The one description (architecture §3): what runs, hears, keeps and may touch what. AWS, one machine and the simulator interpret it. */
import { CATALOGUE, EVENT_NAMES } from '../events/catalogue.ts';
import { perConsumer } from '../functions/shared/consumers.ts';
import {
  type DeployedFunction,
  FUNCTION_SETTINGS,
  type StandingFunction,
} from '../functions/shared/function-settings.ts';
import type { TableName } from '../functions/shared/store/language.ts';
import { TABLE_KEYS } from '../functions/shared/store/tables.ts';
import { alarmsOf } from './topology-alarms.ts';
import { ARCHIVES } from './topology-archives.ts';
import { dashboardsOf } from './topology-dashboards.ts';
import { FLAG_SPECS } from './topology-flags.ts';
import { grantsOn, secretsOf } from './topology-grants.ts';
import { DECLARATIONS, rulesOf } from './topology-rules.ts';
import { STAGE } from './topology-stage.ts';
import type { FunctionSpec, SecretSpec, TableSpec, Topology } from './topology-types.ts';

const STANDING: Readonly<Record<StandingFunction, string>> = {
  ingest: 'functions/ingest/lambda.ts',
  classify: 'functions/classify/lambda.ts',
  'order-lookup': 'functions/order-lookup/lambda.ts',
  verify: 'functions/verify/lambda.ts',
  'responder-route': 'functions/responder/route/lambda.ts',
  'responder-reply': 'functions/responder/reply/lambda.ts',
  'responder-settle': 'functions/responder/settle/lambda.ts',
  auditor: 'functions/auditor/lambda.ts',
  sweeper: 'functions/sweeper/lambda.ts',
  reconciler: 'functions/reconciler/lambda.ts',
  'flag-watcher': 'functions/flag-watcher/lambda.ts',
  sealer: 'functions/sealer/lambda.ts',
};

const ENTRIES: Readonly<Record<DeployedFunction, string>> = {
  ...STANDING,
  ...perConsumer((name) => `functions/${name}/lambda.ts`),
};

const SECRETS: readonly SecretSpec[] = [
  { name: 'richpanel/api_key', meaning: 'Key of the helpdesk API; it cannot be scoped, so the code scopes it' },
  { name: 'richpanel/webhook_token', meaning: 'Active tokens of the webhook, newest first' },
  { name: 'richpanel/bot_agent_id', meaning: 'Our seat: author of e-mail replies; missing means no replies' },
  { name: 'openai/api_key', meaning: 'Key of the model; missing means that messages are routed without one' },
  { name: 'hash_salt', meaning: 'Versioned key of every digest of customer content; version 1 orders for good' },
  { name: 'vault_key', meaning: 'Seals what the vault holds' },
];

/** Kept as epoch milliseconds, so that an index sorts them by time. */
const INSTANTS: readonly string[] = ['next_sweep_at', 'received_at'];

export const topology: Topology = {
  busName: (env) => `frontdesk-${env}`,
  functions: FUNCTION_SETTINGS.map(functionSpec),
  rules: DECLARATIONS.flatMap(rulesOf),
  archives: ARCHIVES,
  tables: (Object.keys(TABLE_KEYS) as TableName[]).map(tableSpec),
  flags: FLAG_SPECS,
  secrets: SECRETS,
  alarms: alarmsOf,
  dashboards: dashboardsOf,
  stage: STAGE,
};

function functionSpec(settings: (typeof FUNCTION_SETTINGS)[number]): FunctionSpec {
  const { name, asyncRetries, asyncMaxAgeSeconds, ...rest } = settings;
  return {
    ...rest,
    name,
    entry: ENTRIES[name],
    async: { retries: asyncRetries, maxAgeSeconds: asyncMaxAgeSeconds },
    secrets: secretsOf(name),
    publishes: EVENT_NAMES.some((event) => (CATALOGUE[event].producers as readonly string[]).includes(name)),
  };
}

function tableSpec(name: TableName): TableSpec {
  const { indexes, ...keys } = TABLE_KEYS[name];
  return {
    name,
    ...keys,
    ttlAttribute: 'expires_at',
    numericKeys: Object.values(indexes).flatMap(({ sortKey }) => (INSTANTS.includes(sortKey) ? [sortKey] : [])),
    indexes: Object.entries(indexes).map(([index, key]) => ({ name: index, ...key })),
    grants: grantsOn(name),
  };
}
