/** Tables of stages for tests, which must hold whatever a shop writes into stacks/stages.ts. */
import type { Stage, StageName } from './stages.ts';

type Table = Readonly<Record<StageName, Stage>>;

const NOBODY = { replay: [], flags: [], erasure: [], drain: [], secrets: [], breakGlass: [] };

const EVERYWHERE = {
  region: 'us-east-2',
  accountId: null,
  owner: 'frontdesk',
  costCenter: null,
  notifications: { critical: [], high: [], medium: [], info: [] },
  operators: NOBODY,
  github: null,
  richpanelBaseUrl: null,
  brand: null,
  otlpEndpoint: null,
  tenant: { isReopenProven: false, isNotePrivate: false },
  writesPhrase: null,
} as const satisfies Partial<Stage>;

/** The table as it is shipped, copied by hand: nobody is named. */
export const EMPTY: Table = {
  dev: {
    ...EVERYWHERE,
    accountConcurrency: 200,
    vendorConcurrency: 10,
    traceSampling: 1,
    data: { pointInTimeRecovery: false, deletionProtection: false, isRetained: false },
    edge: 'api',
    budgets: { dailyUsd: 5, monthlyUsd: 60, alertPercent: [50, 80, 100] },
    isAnalysed: false,
  },
  staging: {
    ...EVERYWHERE,
    accountConcurrency: 200,
    vendorConcurrency: 10,
    traceSampling: 1,
    data: { pointInTimeRecovery: true, deletionProtection: false, isRetained: false },
    edge: 'api',
    budgets: { dailyUsd: 5, monthlyUsd: 90, alertPercent: [50, 80, 100] },
    isAnalysed: true,
  },
  prod: {
    ...EVERYWHERE,
    accountConcurrency: 1_000,
    vendorConcurrency: 6,
    traceSampling: 0.2,
    data: { pointInTimeRecovery: true, deletionProtection: true, isRetained: true },
    edge: 'waf',
    budgets: { dailyUsd: 10, monthlyUsd: 200, alertPercent: [50, 80, 100] },
    isAnalysed: false,
  },
};

/** The table as a shop that follows docs/deploy.md §6 fills it in. Accounts, people and addresses are invented. */
export const FILLED: Table = {
  dev: {
    ...EMPTY.dev,
    ...filled('111111111111'),
    github: { repository: 'shop/frontdesk', ref: 'refs/heads/main', provider: 'create' },
    richpanelBaseUrl: 'https://stub.shop.example/v1',
  },
  staging: {
    ...EMPTY.staging,
    ...filled('222222222222'),
    github: { repository: 'shop/frontdesk', ref: 'refs/tags/v*', provider: 'exists' },
  },
  prod: {
    ...EMPTY.prod,
    ...filled('333333333333'),
    operators: {
      ...operators('333333333333'),
      breakGlass: [person('333333333333', 'ada'), person('333333333333', 'bob')],
    },
    github: { repository: 'shop/frontdesk', ref: 'refs/tags/v*', provider: 'create' },
    tenant: { isReopenProven: true, isNotePrivate: true },
    otlpEndpoint: 'https://spans.shop.example',
    writesPhrase: 'we both agree to write',
  },
};

function filled(accountId: string) {
  return {
    accountId,
    owner: 'support-platform',
    costCenter: '4711',
    brand: 'acme',
    operators: operators(accountId),
    notifications: {
      critical: [{ protocol: 'https', endpoint: 'https://events.pagerduty.com/integration/example/enqueue' }],
      high: [{ protocol: 'email', endpoint: 'oncall@shop.example' }],
      medium: [{ protocol: 'https', endpoint: 'https://global.sns-api.chatbot.amazonaws.com' }],
      info: [],
    },
  } satisfies Partial<Stage>;
}

/** The role that Identity Center makes of the permission set `Operator`. */
function operators(accountId: string) {
  const path = 'aws-reserved/sso.amazonaws.com/us-east-2';
  const role = `arn:aws:iam::${accountId}:role/${path}/AWSReservedSSO_Operator_0123456789abcdef`;
  return { ...NOBODY, replay: [role], flags: [role], erasure: [role], drain: [role], secrets: [role] };
}

function person(accountId: string, name: string): string {
  return `arn:aws:iam::${accountId}:user/breakglass-${name}`;
}
