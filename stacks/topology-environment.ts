/** What a deployed function finds in its environment: names, addresses and answers, never a secret. */
import type { FunctionName } from '../events/words.ts';
import type { StackEnvironment } from '../functions/shared/environment.ts';
import { METRIC_NAMESPACE } from '../functions/shared/telemetry/metrics.ts';
import type { NamedStage } from './stages.ts';

export function environmentOf(
  {
    name: env,
    writesPhrase,
    tenant,
    richpanelBaseUrl,
    traceSampling,
    brand,
    otlpEndpoint,
  }: Pick<
    NamedStage,
    'name' | 'writesPhrase' | 'tenant' | 'richpanelBaseUrl' | 'traceSampling' | 'brand' | 'otlpEndpoint'
  >,
  name: FunctionName,
  release: string,
): StackEnvironment {
  return {
    FRONTDESK_ENV: env,
    FRONTDESK_RELEASE: release,
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: METRIC_NAMESPACE,
    // The door decides for the whole way, by the stage's own share; X-Ray's rule is about Lambda's segments alone.
    FRONTDESK_TRACE_SAMPLE: String(traceSampling),
    ...(writesPhrase !== null && { FRONTDESK_WRITES_PHRASE: writesPhrase }),
    ...(tenant.isReopenProven && { FRONTDESK_REOPEN_PROVEN: 'true' }),
    ...(tenant.isNotePrivate && { FRONTDESK_NOTE_PRIVATE: 'true' }),
    ...(richpanelBaseUrl !== null && { RICHPANEL_BASE_URL: richpanelBaseUrl }),
    ...(brand !== null && { FRONTDESK_BRAND: brand }),
    ...(otlpEndpoint !== null && { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint }),
  };
}
