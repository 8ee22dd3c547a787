/** What a function finds in its environment: the same names as on AWS, pointing at this machine. */
import { devNull } from 'node:os';
import { METRIC_NAMESPACE } from '../../functions/shared/telemetry/metrics.ts';
import type { FunctionSpec } from '../../stacks/topology-types.ts';

export type HostSettings = {
  /** Origin of the AWS-compatible endpoint. */
  readonly awsEndpoint: string;
  readonly region: string;
  /** `FRONTDESK_ENV`, part of every resource name. */
  readonly env: string;
  readonly timeScale: number;
  readonly richpanelBaseUrl: string;
  /** More variables, for instance `OPENAI_BASE_URL`; they win over the rest. */
  readonly extra?: Readonly<Record<string, string>>;
};

/**
 * Environment of the host process. Nothing is inherited but `PATH`, so that no key, profile or proxy of the person who
 * started Frontdesk reaches a function.
 */
export function hostEnvironment(settings: HostSettings): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    TZ: 'UTC',
    AWS_ENDPOINT_URL: settings.awsEndpoint,
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    FRONTDESK_ENV: settings.env,
    FRONTDESK_TIME_SCALE: String(settings.timeScale),
    RICHPANEL_BASE_URL: settings.richpanelBaseUrl,
    POWERTOOLS_METRICS_NAMESPACE: METRIC_NAMESPACE,
    POWERTOOLS_TRACE_ENABLED: 'false',
    ...settings.extra,
  };
}

/** What Lambda adds for one function. */
export function functionEnvironment(
  host: Readonly<Record<string, string | undefined>>,
  { name, memoryMb }: Pick<FunctionSpec, 'name' | 'memoryMb'>,
): Record<string, string | undefined> {
  const functionName = lambdaName(host.FRONTDESK_ENV ?? 'local', name);
  return {
    ...host,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    POWERTOOLS_SERVICE_NAME: name,
  };
}

/** Name of the function as Lambda knows it. */
export function lambdaName(env: string, functionName: string): string {
  return `frontdesk-${env}-${functionName}`;
}
