/** What a deployed function finds in its environment: names, addresses and answers, never a secret. */
import type { FunctionName } from '../events/words.ts';
import type { StackEnvironment } from '../functions/shared/environment.ts';
import type { NamedStage } from './stages.ts';

export function environmentOf(
  {
    name: env,
    writesPhrase,
    tenant,
    richpanelBaseUrl,
  }: Pick<NamedStage, 'name' | 'writesPhrase' | 'tenant' | 'richpanelBaseUrl'>,
  name: FunctionName,
  release: string,
): StackEnvironment {
  return {
    FRONTDESK_ENV: env,
    FRONTDESK_RELEASE: release,
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: 'Frontdesk',
    ...(writesPhrase !== null && { FRONTDESK_WRITES_PHRASE: writesPhrase }),
    ...(tenant.isReopenProven && { FRONTDESK_REOPEN_PROVEN: 'true' }),
    ...(tenant.isNotePrivate && { FRONTDESK_NOTE_PRIVATE: 'true' }),
    ...(richpanelBaseUrl !== null && { RICHPANEL_BASE_URL: richpanelBaseUrl }),
  };
}
