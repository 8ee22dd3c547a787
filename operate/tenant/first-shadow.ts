/** The first shadow report: an instance in memory decides a few recent tickets; nothing but GET can leave it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantAnswers } from '../../config/tenant.ts';
import { startInstance } from '../../local/platform/instance.ts';
import { doorOf, provenCall } from '../../local/webhook-proof.ts';
import type { Workspace } from '../../local/workspace/settings.ts';
import type { Sampled } from './sample.ts';
import { reportOf, type ShadowReport } from './shadow-report.ts';

const MOST_MS = 180_000;
const LOOK_MS = 200;

export async function firstShadowReport(
  workspace: Workspace,
  answers: TenantAnswers,
  tickets: readonly Pick<Sampled, 'id' | 'number'>[],
  timeScale: number,
): Promise<ShadowReport> {
  const instance = await startInstance({
    shared: { portBase: 0, data: '', memory: true, mode: 'shadow', limits: 'vendor', classifier: 'embedded' },
    timeScale,
    // Judged as if they came in now: their age would hide everything else.
    agesFrom: 'received',
    workspace: { workspace, answers, allowWrites: false, pollMs: null },
  });
  try {
    for (const { id } of tickets) {
      const payload = { schema_version: 1, ticket_id: id, trigger: 'customer_message' };
      const { url, ...call } = provenCall(doorOf(instance.ready), payload, Date.now());
      const answer = await fetch(url, { method: 'POST', ...call });
      await answer.body?.cancel();
    }
    const until = performance.now() + MOST_MS;
    const isUnderWay = (): boolean => {
      const { received, settled } = instance.paths.counters();
      return received < tickets.length || settled < received;
    };
    while (isUnderWay() && performance.now() < until) await sleep(LOOK_MS);
    const numbers = new Map(tickets.map(({ id, number }) => [id, number]));
    return reportOf(instance.paths.recent().toReversed(), (id) => numbers.get(id) ?? null);
  } finally {
    await instance.stop();
  }
}
