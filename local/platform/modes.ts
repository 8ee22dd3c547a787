/** What `--mode` means in flags (interfaces §1). Every other flag keeps its safe value by being absent. */
import { TEMPLATE_FLAG_PREFIX } from '../../events/flags.ts';
import { TEMPLATE_IDS } from '../../events/words.ts';
import { ACKNOWLEDGEMENTS } from '../../policy/intents.ts';

export const MODES = ['shadow', 'route-only', 'auto'] as const;
export type Mode = (typeof MODES)[number];

const AUTO_TEMPLATES = TEMPLATE_IDS.filter((id) => !ACKNOWLEDGEMENTS.includes(id));

/** Parameters below `/frontdesk/<env>/` that the mode decides. */
export function flagsOfMode(mode: Mode): Readonly<Record<string, string>> {
  const isShadow = String(mode === 'shadow');
  const sends = String(mode !== 'route-only');
  return {
    shadow_mode: isShadow,
    richpanel_read_only: isShadow,
    safe_mode: 'false',
    automation_enabled: sends,
    outbound_enabled: sends,
    assignment_enabled: 'true',
    tier2_enabled: 'true',
    auto_close_enabled: 'true',
    ...Object.fromEntries(AUTO_TEMPLATES.map((id) => [`${TEMPLATE_FLAG_PREFIX}${id}`, 'true'])),
    automation_enabled_channels: 'livechat,email',
    outbound_allowlist: '*',
  };
}
