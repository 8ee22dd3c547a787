/** What `npm start -- --no-sandbox` says once it accepts work. */
import type { Instance } from './instance.ts';
import { RELEASE } from './release.ts';
import type { WorkspaceUse } from './workspace-helpdesk.ts';

export function workspaceBanner({ ready, platform }: Instance, { allowWrites, pollMs }: WorkspaceUse): string {
  const come = pollMs === null ? 'messages come by webhook' : `looks for messages every ${pollMs / 1000} s`;
  const does = allowWrites
    ? 'route-only: writes tags and routes, and no word to a customer'
    : 'shadow: decides and reports; nothing but GET can leave this machine for the workspace';
  const { webhookAuth = 'header_token' } = ready;
  const proof =
    webhookAuth === 'header_token'
      ? `header ${ready.webhookHeader}: ${ready.webhookToken}`
      : `${webhookAuth} ${ready.webhookToken} (docs/webhooks.md)`;
  return [
    '',
    `Frontdesk ${RELEASE} · data ${ready.dataDir ?? 'in memory'} · REAL WORKSPACE ${ready.richpanelUrl}`,
    does,
    come,
    ...(platform.held.length === 0 ? [] : ['', 'Held back by what is known of the workspace (config/tenant.yaml):']),
    ...platform.held.map((line) => `  ${line}`),
    '',
    `  HTTP Target       POST to ${ready.webhookUrl} by a public https address that leads there`,
    `  its proof         ${proof}`,
    '  its body          npx frontdesk connect richpanel',
    '',
    `  console           ${ready.consoleUrl}/?token=${ready.consoleToken}`,
    '  shadow report     npx frontdesk tenant report',
    '  what happened     npx frontdesk ticket <id>',
    '',
  ].join('\n');
}
