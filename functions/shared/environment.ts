/**
 * Every environment variable that is looked at inside a function, declared once. The stacks set from this list, a test over the
 * bundles shows that nothing else is read, and docs/bundles.md has it as a table. Names, addresses and switches, never a secret
 * of ours; the credentials of the function's own role come from Lambda.
 */

/** Whose code looks: ours, or that of a package. */
type Reader = 'frontdesk' | 'aws-sdk' | 'powertools' | 'x-ray' | 'cls-hooked' | 'openai' | 'node';

/**
 * `stacks`: in every deployed function. `stage`: only where the stage has an answer for it. `lambda`: by Lambda's runtime.
 * `one machine`: only by `npm start`. `nobody`: a package looks for it and finds nothing.
 */
type SetBy = 'stacks' | 'stage' | 'lambda' | 'one machine' | 'nobody';

export type EnvironmentVariable = {
  readonly name: string;
  readonly readBy: Reader;
  readonly meaning: string;
  readonly setBy: SetBy;
};

/** What our own code reads; each is read in one place, `live-environment.ts`. */
const OURS = [
  { name: 'FRONTDESK_ENV', setBy: 'stacks', meaning: 'the stage: local, dev, staging or prod' },
  { name: 'FRONTDESK_RELEASE', setBy: 'stacks', meaning: 'the release that facts and log lines name, X.Y.Z' },
  { name: 'FRONTDESK_BRAND', setBy: 'stage', meaning: 'the brand that answers; main where it is not set' },
  {
    name: 'FRONTDESK_WRITES_PHRASE',
    setBy: 'stage',
    meaning: 'in prod, what prod_writes_ack must say; without it no reply leaves',
  },
  { name: 'FRONTDESK_REOPEN_PROVEN', setBy: 'stage', meaning: 'true where tenant answer V8 is yes' },
  { name: 'FRONTDESK_NOTE_PRIVATE', setBy: 'stage', meaning: 'true where tenant answer V15 is yes' },
  {
    name: 'RICHPANEL_BASE_URL',
    setBy: 'stage',
    meaning: 'the helpdesk; the vendor’s own address where it is not set',
  },
  { name: 'POWERTOOLS_TRACE_ENABLED', setBy: 'one machine', meaning: 'false: no segments, and no tracer is loaded' },
  {
    name: 'FRONTDESK_TRACE_SAMPLE',
    setBy: 'stacks',
    meaning: 'share of messages that are traced, 0 to 1; 1, and 0.2 in prod, where it is not set',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    setBy: 'stage',
    meaning: 'origin of an OpenTelemetry collector for spans; none where it is not set',
  },
  { name: 'FRONTDESK_SPANS', setBy: 'one machine', meaning: 'stdout: spans are written to the log as well' },
  { name: 'AWS_XRAY_DAEMON_ADDRESS', setBy: 'lambda', meaning: 'where segments go; without it no tracer is loaded' },
] as const satisfies readonly Omit<EnvironmentVariable, 'readBy'>[];

/** Switches of one machine: the modules that read them are in no deployed bundle (`#stage-knobs`). */
const SWITCHES = [
  { name: 'FRONTDESK_TIME_SCALE', meaning: 'makes waits shorter, 0.01 to 1' },
  { name: 'FRONTDESK_LIMITS', meaning: 'off: the vendor’s budget is lifted' },
  { name: 'FRONTDESK_AGES_FROM', meaning: 'received: ages of messages from their receipt' },
  { name: 'FRONTDESK_CONFIG', meaning: 'the configuration file, in place of the one built in' },
  { name: 'FRONTDESK_CLASSIFIER', meaning: 'openai: a model over the network is asked' },
  { name: 'FRONTDESK_HELPDESK_WRITES', meaning: 'what of the helpdesk may be written' },
  { name: 'OPENAI_BASE_URL', meaning: 'where the model answers' },
] as const;

/** What the packages in the bundles look for. */
const PACKAGES = [
  {
    name: 'POWERTOOLS_SERVICE_NAME',
    readBy: 'powertools',
    setBy: 'stacks',
    meaning: 'the function, in a line’s default fields',
  },
  { name: 'POWERTOOLS_METRICS_NAMESPACE', readBy: 'powertools', setBy: 'stacks', meaning: 'namespace of the metrics' },
  { name: 'AWS_REGION', readBy: 'aws-sdk', setBy: 'lambda', meaning: 'region of every client' },
  { name: 'AWS_ACCESS_KEY_ID', readBy: 'aws-sdk', setBy: 'lambda', meaning: 'credentials of the function’s role' },
  { name: 'AWS_SECRET_ACCESS_KEY', readBy: 'aws-sdk', setBy: 'lambda', meaning: 'credentials of the function’s role' },
  { name: 'AWS_SESSION_TOKEN', readBy: 'aws-sdk', setBy: 'lambda', meaning: 'credentials of the function’s role' },
  { name: 'AWS_LAMBDA_FUNCTION_NAME', readBy: 'aws-sdk', setBy: 'lambda', meaning: 'tells that this is Lambda' },
  {
    name: 'AWS_EXECUTION_ENV',
    readBy: 'aws-sdk',
    setBy: 'lambda',
    meaning: 'tells that this is Lambda, in the user agent',
  },
  { name: 'AWS_LAMBDA_INITIALIZATION_TYPE', readBy: 'powertools', setBy: 'lambda', meaning: 'how the container began' },
  {
    name: 'AWS_LAMBDA_MAX_CONCURRENCY',
    readBy: 'powertools',
    setBy: 'lambda',
    meaning: 'whether invocations share a container',
  },
  { name: 'AWS_LAMBDA_LOG_LEVEL', readBy: 'powertools', setBy: 'lambda', meaning: 'least level of a log line' },
  { name: 'AWS_LAMBDA_FUNCTION_VERSION', readBy: 'aws-sdk', setBy: 'lambda', meaning: 'which version runs' },
  {
    name: 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
    readBy: 'aws-sdk',
    setBy: 'lambda',
    meaning: 'memory of the function, in MB',
  },
  { name: '_HANDLER', readBy: 'powertools', setBy: 'lambda', meaning: 'module and export that are run' },
  { name: 'LAMBDA_TASK_ROOT', readBy: 'x-ray', setBy: 'lambda', meaning: 'tells that this is Lambda' },
  { name: '_X_AMZN_TRACE_ID', readBy: 'x-ray', setBy: 'lambda', meaning: 'the trace of an invocation' },
  { name: 'AWS_ENDPOINT_URL', readBy: 'aws-sdk', setBy: 'one machine', meaning: 'the AWS-compatible endpoint' },
  {
    name: 'AWS_CONFIG_FILE',
    readBy: 'aws-sdk',
    setBy: 'one machine',
    meaning: 'settings of a person; nowhere on one machine',
  },
  {
    name: 'AWS_SHARED_CREDENTIALS_FILE',
    readBy: 'aws-sdk',
    setBy: 'one machine',
    meaning: 'credentials of a person; nowhere on one machine',
  },
  { name: 'AWS_DEFAULT_REGION', readBy: 'aws-sdk', setBy: 'lambda', meaning: 'region where AWS_REGION says none' },
  {
    name: 'AWS_EC2_METADATA_DISABLED',
    readBy: 'aws-sdk',
    setBy: 'one machine',
    meaning: 'true: nobody asks a metadata service',
  },
  { name: 'PATH', readBy: 'node', setBy: 'lambda', meaning: 'where programs are found; a function starts none' },
  { name: 'TZ', readBy: 'node', setBy: 'lambda', meaning: 'UTC' },
  { name: 'NODE_COMPILE_CACHE', readBy: 'node', setBy: 'one machine', meaning: 'where compiled code is kept' },
  ...looked('aws-sdk', 'a setting of the client that stays as the SDK has it', [
    'AWS_ACCOUNT_ID',
    'AWS_ACCOUNT_ID_ENDPOINT_MODE',
    'AWS_AUTH_SCHEME_PREFERENCE',
    'AWS_CREDENTIAL_EXPIRATION',
    'AWS_CREDENTIAL_SCOPE',
    'AWS_DEFAULTS_MODE',
    'AWS_DISABLE_CLOCK_SKEW_CORRECTION',
    'AWS_EC2_METADATA_SERVICE_ENDPOINT',
    'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE',
    'AWS_ENABLE_ENDPOINT_DISCOVERY',
    'AWS_ENDPOINT_DISCOVERY_ENABLED',
    'AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026',
    'AWS_ENDPOINT_URL_DYNAMODB',
    'AWS_ENDPOINT_URL_EVENTBRIDGE',
    'AWS_ENDPOINT_URL_SECRETS_MANAGER',
    'AWS_ENDPOINT_URL_SQS',
    'AWS_ENDPOINT_URL_SSM',
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    'AWS_LAMBDA_BENCHMARK_MODE',
    'AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA',
    'AWS_MAX_ATTEMPTS',
    'AWS_PROFILE',
    'AWS_RETRY_MODE',
    'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED',
    'AWS_SDK_UA_APP_ID',
    'AWS_USE_DUALSTACK_ENDPOINT',
    'AWS_USE_FIPS_ENDPOINT',
    'HOME',
    'HOMEDRIVE',
    'HOMEPATH',
    'USERPROFILE',
  ]),
  ...looked('powertools', 'a setting that stays as Powertools has it', [
    'AWS_SAM_LOCAL',
    'ENVIRONMENT',
    'LOG_LEVEL',
    'POWERTOOLS_DEV',
    'POWERTOOLS_LOGGER_LOG_EVENT',
    'POWERTOOLS_LOGGER_SAMPLE_RATE',
    'POWERTOOLS_LOG_LEVEL',
    'POWERTOOLS_METRICS_DISABLED',
    'POWERTOOLS_METRICS_FUNCTION_NAME',
    'POWERTOOLS_TRACER_CAPTURE_ERROR',
    'POWERTOOLS_TRACER_CAPTURE_HTTPS_REQUESTS',
    'POWERTOOLS_TRACER_CAPTURE_RESPONSE',
  ]),
  ...looked('x-ray', 'a setting that stays as the X-Ray SDK has it', [
    'AWS_XRAY_CONTEXT_MISSING',
    'AWS_XRAY_DEBUG_MODE',
    'AWS_XRAY_LOG_LEVEL',
    'AWS_XRAY_MANUAL_MODE',
    'AWS_XRAY_TRACING_NAME',
    'npm_package_name',
    'npm_package_version',
  ]),
  ...looked('openai', 'a setting of OpenAI’s SDK, which is given all of them', [
    'OPENAI_ADMIN_KEY',
    'OPENAI_API_KEY',
    'OPENAI_CUSTOM_HEADERS',
    'OPENAI_LOG',
    'OPENAI_ORG_ID',
    'OPENAI_PROJECT_ID',
    'OPENAI_WEBHOOK_SECRET',
  ]),
  ...looked('node', 'how Node itself runs', ['FORCE_COLOR', 'NODE_DEBUG', 'WATCH_REPORT_DEPENDENCIES']),
  ...looked('cls-hooked', 'more to read of asynchronous contexts', ['DEBUG_CLS_HOOKED']),
] as const satisfies readonly EnvironmentVariable[];

function looked<const N extends string>(readBy: Reader, meaning: string, names: readonly N[]) {
  return names.map((name) => ({ name, readBy, meaning, setBy: 'nobody' as const }));
}

export const ENVIRONMENT: readonly EnvironmentVariable[] = [
  ...OURS.map((one) => ({ ...one, readBy: 'frontdesk' as const })),
  ...SWITCHES.map((one) => ({ ...one, readBy: 'frontdesk' as const, setBy: 'one machine' as const })),
  ...PACKAGES,
];

type Named<S extends SetBy, V = (typeof OURS)[number] | (typeof PACKAGES)[number]> = V extends {
  readonly name: infer N extends string;
  readonly setBy: S;
}
  ? N
  : never;

/** A value for everything that the stacks set, and for what the stage has an answer to: nothing forgotten, nothing beside the list. */
export type StackEnvironment = Readonly<Record<Named<'stacks'>, string> & Partial<Record<Named<'stage'>, string>>>;
