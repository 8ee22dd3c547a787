/** What stands in secrets and flags when a simulated run begins; nothing in it is real. */
import { TEMPLATE_FLAG_NAMES } from '../../../events/flags.ts';
import { TEMPLATE_IDS } from '../../../events/words.ts';

export const WEBHOOK_TOKEN = 'simulated-webhook-token-of-at-least-43-characters';

export function initialSecrets(): Map<string, string> {
  return new Map([
    ['richpanel/webhook_token', JSON.stringify({ active_tokens: [WEBHOOK_TOKEN] })],
    ['richpanel/api_key', 'simulated-api-key'],
    ['richpanel/bot_agent_id', 'seat-0'],
    [
      'hash_salt',
      JSON.stringify({
        current: 2,
        versions: { 1: 'simulated salt number one, thirty-two+', 2: 'simulated salt number two, thirty-two+' },
      }),
    ],
    ['vault_key', 'simulated vault key'],
  ]);
}

/** `--mode auto` of interfaces §1. */
export function initialParameters(startAt: number): Map<string, string> {
  return new Map([
    ['shadow_mode', 'false'],
    ['richpanel_read_only', 'false'],
    ['safe_mode', 'false'],
    ['automation_enabled', 'true'],
    ['outbound_enabled', 'true'],
    ['assignment_enabled', 'true'],
    ['tier2_enabled', 'true'],
    ['auto_close_enabled', 'true'],
    ['automation_enabled_channels', 'livechat,email'],
    ['outbound_allowlist', '*'],
    ['reply_epoch', new Date(startAt - 1000).toISOString()],
    ['ledger_whole', '1'],
    ...TEMPLATE_FLAG_NAMES.slice(0, TEMPLATE_IDS.length).map((name) => [name, 'true'] as const),
  ]);
}
