/** What a person clicks in Richpanel so that messages reach Frontdesk. Ids only: free text would break the JSON (reference §11.3). */

import type { TenantAnswers } from '../../config/tenant.ts';
import { isYes } from '../../config/tenant-flags.ts';
import type { AuthMethod } from '../../events/auth-methods.ts';
import { WEBHOOK_HEADER } from '../../local/platform/platform.ts';
import { doorUrl, withToken } from '../../local/webhook-proof.ts';
import { HARD_TEXT, PROBE_HEADER, PROBE_TAG, PROBE_TOKEN, PROBES } from './probes.ts';

/** To be pasted as it stands. */
export const WEBHOOK_BODY =
  '{ "schema_version": 1, "ticket_id": "{{ticket.id}}", "ticket_url": "{{ticket.url}}", "trigger": "customer_message" }';

export type Guide = {
  readonly httpTarget: {
    readonly method: 'POST';
    readonly url: string;
    readonly contentType: 'application/json';
    /** `null` where the proof is none. */
    readonly header: string | null;
    /** `null` where no instance runs yet. */
    readonly token: string | null;
    readonly body: string;
  };
  readonly steps: readonly string[];
};

/**
 * @param publicUrl  https address that leads to the webhook's port; `null` while there is none
 * @param token  the running instance's
 * @param auth  what the stage takes (docs/webhooks.md)
 */
export function guideFor(
  answers: TenantAnswers,
  publicUrl: string | null,
  token: string | null,
  auth: AuthMethod = 'header_token',
): Guide {
  const value = token ?? '<printed by npm start -- --no-sandbox>';
  const address = `${(publicUrl ?? 'https://<your public address>').replace(/\/+$/, '')}/webhook`;
  const { url, headers, body } = withToken(
    { url: doorUrl(address, auth, value), header: WEBHOOK_HEADER, token: value, auth },
    WEBHOOK_BODY,
  );
  const isSigned = auth === 'hmac' || auth === 'standard_webhooks';
  const isTagging = answers.V1.answer !== 'no';
  const list = isTagging ? 'Tagging Rules' : 'Assignment Rules';
  const otherwise = isYes(answers, 'V1') || !isTagging ? '' : ' (if no action there calls a target: Assignment Rules)';
  return {
    httpTarget: {
      method: 'POST',
      url,
      contentType: 'application/json',
      header: auth === 'header_token' ? WEBHOOK_HEADER : null,
      token,
      body,
    },
    steps: [
      `Settings → Integrations → HTTP Targets → new target: method POST, URL ${url}, content type JSON.`,
      ...Object.entries(headers).map(([name, text]) => `Its header: name ${name}, value ${text}.`),
      ...(isSigned
        ? [`Richpanel cannot sign: let it call a signer of yours, which calls this URL by ${auth} (docs/webhooks.md).`]
        : []),
      `Its body, exactly: ${body}`,
      `Settings → Automation → ${list}${otherwise} → new rule, FIRST of the list, "skip all subsequent rules" OFF.`,
      'Its triggers: "customer starts a new conversation" and "immediately after customer sends a new message"; no condition.',
      'Its action: trigger the HTTP Target. No rule may react to a tag that begins with mw-auto-.',
    ],
  };
}

export function guideText({ steps }: Guide): string {
  return steps.map((step, index) => `  ${index + 1}. ${step}`).join('\n');
}

/** The test rules that `--listen` waits for (docs/connect-richpanel.md). */
export function probeLines(url: string): readonly string[] {
  return [
    `Listening at ${url}: let a public https address lead there. One HTTP Target for each test rule, each with the header`,
    `  ${PROBE_HEADER}: ${PROBE_TOKEN}`,
    ...PROBES.map(({ rule, body }) => `  ${rule}:\n    ${body}`),
    'Then write as a customer, two messages on one ticket, one of them being:',
    ...HARD_TEXT.split('\n').map((line) => `    ${line}`),
    `and one message on another ticket that carries the tag ${PROBE_TAG}. Take the rules away afterwards.`,
  ];
}
