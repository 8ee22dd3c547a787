/** What differs between the deployed stages, and nothing else does (platform §1.1): one table, checked before it is used. */
import * as v from 'valibot';
import { ResourceName } from '../events/fields.ts';

const AccountId = v.pipe(v.string(), v.regex(/^\d{12}$/, 'twelve digits'));
/** Somebody who may take a role: an IAM role or user, never the account as a whole. */
const Principal = v.pipe(
  v.string(),
  v.regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, 'ARN of an IAM role or user'),
);
const Person = v.pipe(
  v.string(),
  v.regex(
    /^arn:aws[a-z-]*:iam::\d{12}:user\/[\w+=,.@/-]+$/,
    'ARN of an IAM user, who has a second factor of their own',
  ),
);
const Percentages = v.pipe(v.array(v.pipe(v.number(), v.minValue(1), v.maxValue(100))), v.minLength(1));
const Usd = v.pipe(v.number(), v.minValue(1));

const Subscription = v.variant('protocol', [
  v.strictObject({ protocol: v.literal('email'), endpoint: v.pipe(v.string(), v.email()) }),
  v.strictObject({ protocol: v.literal('https'), endpoint: v.pipe(v.string(), v.url(), v.startsWith('https://')) }),
]);
const Subscriptions = v.array(Subscription);

const Stage = v.strictObject({
  region: v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'name of an AWS region')),
  /** `null` = not said yet: nothing can be deployed and no operator's command reaches the stage. */
  accountId: v.nullable(AccountId),
  owner: v.pipe(v.string(), v.regex(/^[\w.@ +=:/-]{1,128}$/, '1 to 128 characters of a tag')),
  costCenter: v.nullable(v.pipe(v.string(), v.regex(/^[\w.@ +=:/-]{1,128}$/, '1 to 128 characters of a tag'))),
  /** Concurrent executions that the account may have; Lambda's quota, not a wish (platform §1.3). */
  accountConcurrency: v.pipe(v.number(), v.integer(), v.minValue(10)),
  /** Sum over the functions that press on vendors: the ramp of platform §1.3. */
  vendorConcurrency: v.picklist([6, 8, 10]),
  /** Share of requests that are traced, 0..1 (platform §6.6). */
  traceSampling: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  data: v.strictObject({ pointInTimeRecovery: v.boolean(), deletionProtection: v.boolean(), isRetained: v.boolean() }),
  /** `waf`: CloudFront with a web ACL before the HTTP API (platform §1.2). */
  edge: v.picklist(['api', 'waf']),
  budgets: v.strictObject({ dailyUsd: Usd, monthlyUsd: Usd, alertPercent: Percentages }),
  /** Who hears of an alarm, by its severity. */
  notifications: v.strictObject({
    critical: Subscriptions,
    high: Subscriptions,
    medium: Subscriptions,
    info: Subscriptions,
  }),
  /** Who may take which role of operators (platform §4.5, §4.11). */
  operators: v.strictObject({
    replay: v.array(Principal),
    flags: v.array(Principal),
    erasure: v.array(Principal),
    drain: v.array(Principal),
    secrets: v.array(Principal),
    /** In production alone: the primary owner and one backup. */
    breakGlass: v.pipe(v.array(Person), v.maxLength(2, 'two people at most: the primary owner and one backup')),
  }),
  /** From where the CI role may be taken; `null` = no CI role. */
  github: v.nullable(
    v.strictObject({
      repository: v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/, 'owner/name')),
      ref: v.pipe(v.string(), v.regex(/^refs\/(heads|tags)\/[\w./*-]+$/, 'refs/heads/… or refs/tags/…')),
      /** An account has one provider for GitHub; `exists` where something else made it. */
      provider: v.picklist(['create', 'exists']),
    }),
  ),
  /** Consumers that only watch hear from the first deploy on; elsewhere their rules are born switched off (platform §6.8). */
  isAnalysed: v.boolean(),
  /** Another helpdesk than Richpanel's own address, e.g. a stub; `null` = the vendor. */
  richpanelBaseUrl: v.nullable(v.pipe(v.string(), v.url(), v.startsWith('https://'))),
  /** The brand that facts name; `null` = `main`. */
  brand: v.nullable(ResourceName),
  /** Origin of an OpenTelemetry collector that spans go to besides X-Ray; `null` = none. */
  otlpEndpoint: v.nullable(v.pipe(v.string(), v.url(), v.startsWith('https://'))),
  /** What is proven of the workspace (config/tenant.yaml, V8 and V15): unanswered means no. */
  tenant: v.strictObject({ isReopenProven: v.boolean(), isNotePrivate: v.boolean() }),
  /** What `prod_writes_ack` must say, agreed by two people; `null` keeps production closed. */
  writesPhrase: v.nullable(v.pipe(v.string(), v.minLength(8))),
});
export type Stage = v.InferOutput<typeof Stage>;

export const STAGE_NAMES = ['dev', 'staging', 'prod'] as const;
export type StageName = (typeof STAGE_NAMES)[number];
/** By name; each is checked when it is asked for. */
export type StageTable = Readonly<Record<string, unknown>>;
export type NamedStage = Stage & { readonly name: StageName };
/** Of a stage whose account is known. */
export type DeployableStage = NamedStage & { readonly accountId: string };

const NOBODY = {
  replay: [],
  flags: [],
  erasure: [],
  drain: [],
  secrets: [],
  breakGlass: [],
} satisfies Stage['operators'];
const NO_NEWS = { critical: [], high: [], medium: [], info: [] } satisfies Stage['notifications'];

const EVERYWHERE = {
  region: 'us-east-2',
  accountId: null,
  owner: 'frontdesk',
  costCenter: null,
  notifications: NO_NEWS,
  operators: NOBODY,
  github: null,
  richpanelBaseUrl: null,
  brand: null,
  otlpEndpoint: null,
  tenant: { isReopenProven: false, isNotePrivate: false },
  writesPhrase: null,
} as const satisfies Partial<Stage>;

export const STAGES: Readonly<Record<StageName, Stage>> = {
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
    // Staging first, production after its first stable window and a look at what is exported (platform §6.8).
    isAnalysed: true,
  },
  prod: {
    ...EVERYWHERE,
    accountConcurrency: 1_000,
    // The least that lets each run; raised by 2 in all, with 10 minutes between (platform §1.3).
    vendorConcurrency: 6,
    traceSampling: 0.2,
    data: { pointInTimeRecovery: true, deletionProtection: true, isRetained: true },
    edge: 'waf',
    budgets: { dailyUsd: 10, monthlyUsd: 200, alertPercent: [50, 80, 100] },
    isAnalysed: false,
  },
};

/** The table or the environment is wrong: which field, and what to do about it. */
export class StageError extends Error {
  override readonly name = 'StageError';
  readonly field: string;
  readonly problem: string;
  readonly cure: string;
  constructor(field: string, problem: string, cure: string) {
    super(`${field}: ${problem}; ${cure}`);
    this.field = field;
    this.problem = problem;
    this.cure = cure;
  }
}

/** Twelve digits; for those who keep account ids out of the repository. The table's own id goes first. */
export const ACCOUNT_VARIABLE = 'FRONTDESK_ACCOUNT_ID';
/** No AWS account has this id, so whatever is made with it can be looked at and not deployed. */
export const PLACEHOLDER_ACCOUNT = '000000000000';

type Variables = Readonly<Record<string, string | undefined>>;

/** The stage of that name, checked. Throws `StageError` on an unknown name and on a field that is wrong. */
export function stageOf(name: string, variables: Variables = {}, stages: StageTable = STAGES): NamedStage {
  const known = STAGE_NAMES.find((one) => one === name);
  if (known === undefined)
    throw new StageError('stage', `"${name}" is no stage`, `name one of ${STAGE_NAMES.join(', ')}`);
  const read = v.safeParse(Stage, stages[known]);
  if (!read.success) {
    const [issue] = read.issues;
    const field = [known, v.getDotPath(issue)].filter(Boolean).join('.');
    throw new StageError(field, `does not hold: ${issue.message}`, 'mend it in stacks/stages.ts');
  }
  const stage = { ...read.output, name: known, accountId: accountIdOf(known, read.output, variables) };
  return stage.accountId === PLACEHOLDER_ACCOUNT ? withPlaceholders(stage) : stage;
}

/** A stage that may be deployed: its account is named, and so is everybody without whom it could not be operated. */
export function deployableStageOf(name: string, variables: Variables, stages?: StageTable): DeployableStage {
  const stage = stageOf(name, variables, stages);
  const { accountId } = stage;
  if (accountId === null)
    throw new StageError(
      `${stage.name}.accountId`,
      'no AWS account is named, so nothing says where this may be deployed',
      `write it into stacks/stages.ts, or set ${ACCOUNT_VARIABLE}`,
    );
  for (const [role, principals] of Object.entries(stage.operators))
    if (principals.length === 0 && (role !== 'breakGlass' || stage.name === 'prod'))
      throw new StageError(
        `${stage.name}.operators.${role}`,
        'nobody may take this role',
        'name the ARN of at least one IAM role or user in stacks/stages.ts',
      );
  for (const severity of ['critical', 'high'] as const)
    if (stage.notifications[severity].length === 0)
      throw new StageError(
        `${stage.name}.notifications.${severity}`,
        'nobody would hear of an alarm',
        "name at least one address in stacks/stages.ts, such as { protocol: 'email', endpoint: 'oncall@…' }",
      );
  // Of a severity that nobody hears by HTTPS a budget tells by mail alone, and AWS takes none that tells nobody.
  if (Object.values(stage.notifications).every((all) => all.every(({ protocol }) => protocol !== 'email')))
    throw new StageError(
      `${stage.name}.notifications`,
      'nobody is told by e-mail, and a budget is told by mail where nobody listens by HTTPS',
      "name at least one e-mail address in stacks/stages.ts, such as { protocol: 'email', endpoint: 'oncall@…' }",
    );
  return { ...stage, accountId };
}

/** Refuses credentials of another account or region than the stage's (platform §1.1). */
export function requirePlace(
  stage: { readonly name: string; readonly accountId: string; readonly region: string },
  caller: { readonly accountId: string; readonly region: string },
): void {
  if (caller.accountId !== stage.accountId)
    throw new StageError(
      `${stage.name}.accountId`,
      `the credentials are of account ${caller.accountId}, the stage is in ${stage.accountId}`,
      'use credentials of the stage’s account (AWS_PROFILE), or name the right stage',
    );
  if (caller.region !== stage.region)
    throw new StageError(
      `${stage.name}.region`,
      `the region is ${caller.region}, the stage is in ${stage.region}`,
      `set AWS_REGION=${stage.region}, or name the right stage`,
    );
}

function accountIdOf(name: StageName, { accountId }: Stage, variables: Variables): string | null {
  if (accountId !== null) return accountId;
  const given = variables[ACCOUNT_VARIABLE];
  if (given === undefined || given === '') return null;
  if (!v.is(AccountId, given))
    throw new StageError(`${name}.accountId`, `${ACCOUNT_VARIABLE} is no account id`, 'give its twelve digits');
  return given;
}

/** For looking at what a deploy would make: people and places that do not exist, in an account that does not exist. */
function withPlaceholders(stage: NamedStage): NamedStage {
  const someone = [`arn:aws:iam::${PLACEHOLDER_ACCOUNT}:role/aws-reserved/sso.amazonaws.com/Operator`];
  const address: Stage['notifications']['high'] = [{ protocol: 'email', endpoint: 'operations@example.com' }];
  const orElse = <T>(given: readonly T[], placeholder: readonly T[]): T[] => [
    ...(given.length > 0 ? given : placeholder),
  ];
  const { operators, notifications } = stage;
  return {
    ...stage,
    operators: {
      ...(Object.fromEntries(
        Object.entries(operators).map(([role, principals]) => [role, orElse(principals, someone)]),
      ) as Stage['operators']),
      breakGlass: orElse(operators.breakGlass, [`arn:aws:iam::${PLACEHOLDER_ACCOUNT}:user/owner`]),
    },
    notifications: {
      critical: orElse(notifications.critical, address),
      high: orElse(notifications.high, address),
      medium: orElse(notifications.medium, address),
      info: orElse(notifications.info, address),
    },
    github: stage.github ?? { repository: 'example/frontdesk', ref: 'refs/heads/main', provider: 'create' },
  };
}
