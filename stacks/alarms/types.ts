/** The shape of an alarm's declaration (platform §6.5): what it watches, how bad it is, who looks at it and with which page. */
import type { EventPattern } from '../topology-types.ts';
import type { Signal } from './signal.ts';

/** As platform §6.5 names them, from the least to the worst. */
export const SEVERITIES = ['info', 'ticket', 'medium', 'high', 'page', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Whom a severity reaches: four topics. A ticket waits for working hours as `medium` does, and a page wakes the same people
 * as `critical`; apart from these pairs every severity rings another door.
 */
export const TOPICS = ['info', 'medium', 'high', 'critical'] as const;
export type Topic = (typeof TOPICS)[number];
export const TOPIC_OF: Readonly<Record<Severity, Topic>> = {
  info: 'info',
  ticket: 'medium',
  medium: 'medium',
  high: 'high',
  page: 'critical',
  critical: 'critical',
};

/** The roles of platform §8.1 and §9.1 that answer for an alarm. */
export type Owner = 'engineering' | 'support-ops' | 'quality' | 'security';

/** Where a person reads what to do, relative to the repository. */
export type Runbook = { readonly id: string; readonly page: string };

/** Above, at least or below the threshold is trouble. */
export type Comparison = 'above' | 'atLeast' | 'below';

/** What a period without a value means: no trouble, trouble, no change, or that nothing is known. */
export type Missing = 'ok' | 'trouble' | 'keep' | 'unknown';

/** One thing watched, in as many copies as it has parts: a function, a table, a vendor. */
export type MetricWatch = {
  readonly kind: 'metric';
  readonly severity: Severity;
  /** Tells two watches of one severity apart; absent where there is one. */
  readonly name?: string;
  readonly says: string;
  /** `''` is the name of a part that is the whole. */
  readonly parts: readonly { readonly part: string; readonly signal: Signal }[];
  readonly comparison: Comparison;
  readonly threshold: number;
  readonly periodSeconds: number;
  /** So many of so many periods. */
  readonly datapoints: readonly [number, number];
  readonly missing: Missing;
  /** Says something only where a shop's own customers write: in production, and for a real workspace on one machine. */
  readonly needsCustomers?: true;
};

/** An event that is the alarm: told once, and over. */
export type EventWatch = {
  readonly kind: 'event';
  readonly severity: Severity;
  readonly name: string;
  readonly says: string;
  readonly bus: 'frontdesk' | 'default';
  readonly pattern: EventPattern;
  /** Absent where every stage has it. */
  readonly stages?: readonly string[];
};

/** A share of the month's budget: AWS Budgets watches it. */
export type BudgetWatch = {
  readonly kind: 'budget';
  readonly severity: Severity;
  readonly says: string;
  readonly percent: number;
};

export type Watch = MetricWatch | EventWatch | BudgetWatch;

export type AlarmSpec = {
  readonly id: string;
  readonly title: string;
  readonly owner: Owner;
  readonly runbook: Runbook;
  /** What a person does first. */
  readonly first: string;
  readonly watches: readonly Watch[];
};
