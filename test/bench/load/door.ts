/** The webhook of the system under test. */
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { type Written, webhookBody } from './helpdesk.ts';
import { send } from './post.ts';

/** Knocks for one message. Answers its root event id; throws on anything but 200. */
export type Door = (written: Written) => Promise<string>;

export function doorOf({ webhookUrl, webhookHeader, webhookToken }: ReadyObject): Door {
  return async (written) => {
    const { status, body } = await send('POST', webhookUrl, webhookBody(written), { [webhookHeader]: webhookToken });
    if (status !== 200) throw new Error(`a webhook was answered ${status}`);
    return String((JSON.parse(body) as { event_id?: unknown }).event_id);
  };
}
