/** F1, F2: what an agent reports by tag and cannot wait for the weekly triage (platform §9.6). */
import { CATALOGUE } from '../../events/catalogue.ts';
import { type FeedbackCode, URGENT_FEEDBACK } from '../../events/feedback.ts';
import type { AlarmSpec, EventWatch } from './types.ts';
import { runbook } from './watch.ts';

export function feedbackAlarms(): readonly AlarmSpec[] {
  return [
    {
      id: 'F1',
      title: 'An agent reports personal data where it must not be',
      owner: 'security',
      runbook: runbook('R003'),
      first:
        'Open the ticket of the fact; was it our reply, `npx frontdesk stop --level automation --reason …` at once.',
      watches: [told(URGENT_FEEDBACK.pii)],
    },
    {
      id: 'F2',
      title: 'An agent reports a mishandled chargeback',
      owner: 'support-ops',
      runbook: runbook('R008'),
      first: 'See that the ticket is with Chargebacks / Disputes; was it answered by us, R003 as well.',
      watches: [told(URGENT_FEEDBACK.chargeback)],
    },
  ];
}

function told(code: FeedbackCode): EventWatch {
  const { name, producers } = CATALOGUE.AgentFeedbackReceived;
  return {
    kind: 'event',
    severity: 'page',
    name: 'reported',
    says: `any ticket tagged \`${code}\``,
    bus: 'frontdesk',
    pattern: {
      source: producers.map((producer) => `frontdesk.${producer}`),
      'detail-type': [name],
      detail: { data: { tagCodes: [code] } },
      'replay-name': [{ exists: false }],
    },
  };
}
