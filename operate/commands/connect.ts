/** `connect richpanel`: the guided path to a real workspace. Reads only, unless tests on named tickets are allowed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthMethod } from '../../events/auth-methods.ts';
import { timeScaleFrom } from '../../local/platform/options.ts';
import { StartProblem } from '../../local/platform/problem.ts';
import { tenantFile } from '../../local/platform/workspace-options.ts';
import { WINDOW_MS } from '../../local/workspace/pace.ts';
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { findInstance, type Instance } from '../instance/instance.ts';
import { readShop } from '../shop.ts';
import { firstShadowReport } from '../tenant/first-shadow.ts';
import { guideFor, guideText } from '../tenant/guide.ts';
import { shadowText } from '../tenant/shadow-report.ts';
import { heldFlags, requireWorkspace, runVerify, type VerifyFlags, verifyText } from './tenant.ts';

export type ConnectFlags = VerifyFlags & { readonly publicUrl?: string; readonly shadow: string };

/** Requests that leave room for a report within the vendor's window. */
const FEW_REQUESTS = 10;

export async function connectRichpanel(context: Context, flags: ConnectFlags): Promise<Answer> {
  const workspace = requireWorkspace(context);
  if (flags.publicUrl !== undefined && !/^https:\/\/[^\s/?#]+\/?$/.test(flags.publicUrl))
    throw misuse('invalid_url', '--public-url is no https address', 'write it like https://hooks.example.com');
  if (!/^\d{1,2}$/.test(flags.shadow)) throw misuse('invalid_number', '--shadow takes 0 to 99', 'correct --shadow');
  const { tenant, sample, requests } = await runVerify(context, workspace, flags);

  const tickets = sample.tickets.filter(({ isOpen }) => isOpen).slice(0, Number(flags.shadow));
  if (requests > FEW_REQUESTS && tickets.length > 0 && !workspace.isLoopback) {
    context.tell('Waiting until the rate limit has room');
    await sleep(WINDOW_MS);
  }
  context.tell(`Deciding ${tickets.length} recent tickets in shadow`);
  const report = await inShadow(() =>
    firstShadowReport(workspace, tenant.answers, tickets, timeScaleFrom(context.variables.FRONTDESK_TIME_SCALE)),
  );

  const running = runningFor(context, workspace.origin);
  const guide = guideFor(
    tenant.answers,
    flags.publicUrl ?? null,
    running?.webhookToken ?? null,
    authOf(context, running),
  );
  const held = heldFlags(tenant);
  const isListDenied = sample.listRefusal !== null;
  return {
    value: {
      workspace: workspace.origin,
      key: 'accepted',
      lists: sample.listRefusal ?? 'allowed',
      file: tenantFile(context.variables),
      requests,
      answers: tenant.answers,
      held: held.map(({ flag, item, says }) => ({ flag, item, says })),
      setup: guide,
      shadowReport: report,
    },
    text: [
      `The key is accepted by ${workspace.origin}.`,
      ...(isListDenied ? [LIST_DENIED] : []),
      '',
      verifyText(tenant, held, tenantFile(context.variables)),
      '',
      'In Richpanel:',
      guideText(guide),
      '',
      'First shadow report:',
      shadowText(report),
      '',
      `Next: npm start -- --no-sandbox${isListDenied ? '' : ' --poll 60s'}`,
    ].join('\n'),
  };
}

const LIST_DENIED =
  'It may not list tickets: no polling and no sample. Ask Richpanel to allow lists for the key, or name tickets with --tickets 1041,1042,… and let the HTTP Target call.';

async function inShadow<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    throw new Failure(
      'shadow_failed',
      error.message,
      'the answers are written down; try again with `connect richpanel`',
    );
  }
}

/** An instance that already works for this workspace: its token is what the target has to send. */
function runningFor(context: Context, origin: string): Instance | null {
  const instance = findInstance(context);
  return instance !== null && !instance.sandbox && instance.richpanelUrl === origin ? instance : null;
}

/** What the instance takes, or will take once it is started. */
function authOf(context: Context, running: Instance | null): AuthMethod {
  if (running !== null) return running.webhookAuth ?? 'header_token';
  const shop = readShop(context.variables);
  return shop.ok ? shop.config.webhook.auth.local : 'header_token';
}
