/** The shape of the one description (architecture §3): plain data that AWS, the local platform and the simulator interpret. */
import type { FunctionName, ReplayPurpose } from '../events/words.ts';
import type { Access, Duty } from '../functions/shared/capabilities.ts';
import type { Capability } from '../functions/shared/container.ts';
import type { RuleDeclaration } from '../functions/shared/rules.ts';
import type { AlarmSpec } from './alarms/types.ts';
import type { Dashboard } from './dashboards/types.ts';
import type { STAGE } from './topology-stage.ts';

/** Anything EventBridge's pattern language can say. */
export type EventPattern = { readonly [key: string]: unknown };

/** What a consumer's `rules.ts` exports: what it hears, and what it asks for beyond its own claims. */
export type ConsumerParts = {
  readonly rules: readonly RuleDeclaration[];
  readonly needs: { readonly uses: readonly Capability[]; readonly duties: readonly Duty[] };
};

export type RuleSpec = {
  readonly name: string;
  readonly target: FunctionName;
  readonly pattern: EventPattern;
  /** `null` for a live rule; a twin accepts only replays of its purpose. */
  readonly replayPurpose: ReplayPurpose | null;
  readonly bus: 'frontdesk' | 'default';
  readonly retry: { readonly maxAgeSeconds: number; readonly attempts: number };
};

export type KeyGrant = { readonly prefix: string; readonly access: readonly Access[] };

export type TableSpec = {
  /** Short name; the full one is `frontdesk_<env>_<name>`. */
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly ttlAttribute: 'expires_at';
  /** Key attributes that hold numbers; the others hold strings. */
  readonly numericKeys?: readonly string[];
  readonly indexes: readonly { readonly name: string; readonly partitionKey: string; readonly sortKey: string }[];
  /** Who may touch which keys. */
  readonly grants: Readonly<Partial<Record<FunctionName, readonly KeyGrant[]>>>;
};

export type FunctionSpec = {
  readonly name: FunctionName;
  /** Module with an export `handler`, relative to the repository root. */
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly reservedConcurrency: number | null;
  /** Lambda's asynchronous invocation settings. */
  readonly async: { readonly retries: number; readonly maxAgeSeconds: number };
  /** `frontdesk-<env>-<function>-later`: waiting is parking (protocols §5). */
  readonly laterQueue: boolean;
  readonly scheduleSeconds: number | null;
  readonly http: boolean;
  readonly secrets: readonly string[];
  readonly publishes: boolean;
};

export type ArchiveSpec = { readonly name: string; readonly pattern: EventPattern; readonly retentionDays: number };

export type FlagSpec = {
  /** Parameter below `/frontdesk/<env>/`. */
  readonly name: string;
  readonly kind: 'boolean' | 'list' | 'instant' | 'text' | 'number' | 'reference';
  /** What a missing or unreadable parameter means. */
  readonly safe: boolean | number | string | null | readonly string[];
  readonly meaning: string;
  /** Read fresh as the last await before a send. */
  readonly stopRelevant: boolean;
};

export type SecretSpec = { readonly name: string; readonly meaning: string };

export type Topology = {
  readonly busName: (env: string) => string;
  readonly functions: readonly FunctionSpec[];
  readonly rules: readonly RuleSpec[];
  readonly archives: readonly ArchiveSpec[];
  readonly tables: readonly TableSpec[];
  readonly flags: readonly FlagSpec[];
  readonly secrets: readonly SecretSpec[];
  /** Alarms and dashboards of a stage; absent where a test describes a part of the whole. */
  readonly alarms?: (env: string) => readonly AlarmSpec[];
  readonly dashboards?: (env: string) => readonly Dashboard[];
  /** Waits, caps and limits; absent where a test describes a part of the whole. */
  readonly stage?: typeof STAGE;
};
