/** Budgets of a stage's account and who hears of them (platform §1.1, alarm C2). */
import type { NamedStage, Stage } from './stages.ts';

type Severity = keyof Stage['notifications'];
export type BudgetAlert = {
  readonly percent: number;
  readonly severity: Severity;
  readonly addresses: readonly string[];
  /** To be rung as well; `null` where its listeners read mail alone. */
  readonly topic: Severity | null;
};
export type BudgetSpec = {
  readonly name: 'daily' | 'monthly';
  readonly period: 'DAILY' | 'MONTHLY';
  readonly limitUsd: number;
  readonly alerts: readonly BudgetAlert[];
};

/** A budget tells ten addresses at most. */
const MOST_ADDRESSES = 10;

export function budgetsOf({ budgets, notifications }: Pick<NamedStage, 'budgets' | 'notifications'>): BudgetSpec[] {
  const alerts = budgets.alertPercent.map((percent) => {
    const severity = severityOf(percent);
    return {
      percent,
      severity,
      addresses: addressesOf(notifications, severity),
      topic: topicOf(notifications, severity),
    };
  });
  return [
    { name: 'daily', period: 'DAILY', limitUsd: budgets.dailyUsd, alerts },
    { name: 'monthly', period: 'MONTHLY', limitUsd: budgets.monthlyUsd, alerts },
  ];
}

/** 50 and 80 % warn, all of it is for whoever is on call (platform §1.1: critical). */
function severityOf(percent: number): Severity {
  if (percent >= 100) return 'critical';
  return percent >= 80 ? 'medium' : 'info';
}

/** Where somebody listens by HTTPS, as a pager does. Mail is told directly. */
function topicOf(notifications: Stage['notifications'], severity: Severity): Severity | null {
  return notifications[severity].some(({ protocol }) => protocol !== 'email') ? severity : null;
}

/** By mail: of a severity that nobody reads by mail, whoever reads the next higher one, and of the highest the next lower. */
function addressesOf(notifications: Stage['notifications'], severity: Severity): string[] {
  const order = ['info', 'medium', 'high', 'critical'] as const;
  const at = order.indexOf(severity);
  const from = [...order.slice(at), ...order.slice(0, at).reverse()];
  const heard = from.map((one) => notifications[one].filter(({ protocol }) => protocol === 'email'));
  const mails = (heard.find((found) => found.length > 0) ?? []).map(({ endpoint }) => endpoint);
  return mails.slice(0, MOST_ADDRESSES);
}
