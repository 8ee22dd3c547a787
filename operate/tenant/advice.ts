/** What to do where an item that holds back no flag is not a yes (replies §8, last column). */
import { TENANT_ITEMS, type TenantAnswers, type TenantItem } from '../../config/tenant.ts';

const ADVICE: Partial<Readonly<Record<TenantItem, string>>> = {
  V1: 'call the HTTP Target from the first Assignment Rule, or by one action per channel rule; duplicates do no harm',
  V2: 'take every rule that skips the rest as blocking all lists',
  V3: 'no other way for the token is open in this release: settle it before webhooks are relied on, and poll until then',
  V4: 'send ids only; the text is fetched',
  V5: 'nothing to do: webhooks count by time, and the ticket is read again',
  V10: 'switch "reassign" off on all legacy rules',
  V11: 'make the tags of the reply specification by hand before writing is switched on',
  V12: 'export teams and tags by hand once a week',
};

export function adviceFor(answers: TenantAnswers): readonly string[] {
  return TENANT_ITEMS.flatMap((item) => {
    const advice = ADVICE[item];
    return advice === undefined || answers[item].answer === 'yes' ? [] : [`${item}: ${advice}`];
  });
}
