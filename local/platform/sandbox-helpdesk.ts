/** The invented helpdesk; its switches answer the tenant questions (architecture §10, ruling 30). */
import { TENANT_ITEMS, type TenantAnswers, type Verdict } from '../../config/tenant.ts';
import type { OptionsPatch, SandboxOptions } from '../sandbox/options.ts';
import { createSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { startSandboxServer } from '../sandbox/server.ts';
import { openSandboxStore } from '../sandbox/sqlite-store.ts';
import { BOT_SEAT } from './furnish.ts';
import type { Helpdesk } from './helpdesk.ts';

/** @property file  where the sandbox keeps its state; `null` keeps none */
export async function openSandboxHelpdesk(settings: {
  readonly file: string | null;
  readonly apiKey: string;
  readonly port: number;
  readonly isUnlimited: boolean;
  readonly options: OptionsPatch | undefined;
}): Promise<Helpdesk & { readonly sandbox: Sandbox }> {
  const { file, apiKey, port, isUnlimited, options } = settings;
  const store = file === null ? null : openSandboxStore(file);
  try {
    const sandbox = createSandbox({
      ...(store !== null && { store }),
      options: { apiKey, botAgentId: BOT_SEAT, ...(isUnlimited && { rateLimit: null }), ...options },
    });
    const server = await startSandboxServer({ sandbox, port });
    return {
      url: server.url,
      shownKey: apiKey,
      sandbox,
      answers: answersOf(sandbox.options),
      writes: 'all',
      ticketNumber: (id) => sandbox.ticket(id)?.number,
      connect(door) {
        const { url, token, header, auth } = door();
        sandbox.setWebhook(url, token, header, auth);
      },
      quieten: () => sandbox.settled(),
      async close() {
        await server.close();
        store?.close();
      },
    };
  } catch (error) {
    store?.close();
    throw error;
  }
}

/** What a switch leaves open is as the vendor's reference has it. */
function answersOf({ replyReopens, commentDelivers, privateComments }: SandboxOptions): TenantAnswers {
  const told = (isSo: boolean): Verdict => (isSo ? 'yes' : 'no');
  const yes = Object.fromEntries(TENANT_ITEMS.map((item) => [item, { answer: 'yes' }])) as TenantAnswers;
  const livechat = told(commentDelivers !== 'never');
  return {
    ...yes,
    V8: { answer: told(replyReopens) },
    V9: { answer: livechat, parts: { email: 'yes', livechat } },
    V15: { answer: told(privateComments === 'kept') },
  };
}
