/** `--no-sandbox` and what belongs to it (interfaces §1), read strictly. */
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { readTenantFile, type TenantAnswers, unansweredTenant } from '../../config/tenant.ts';
import { workspaceFrom } from '../workspace/settings.ts';
import type { SharedOptions } from './options.ts';
import { StartProblem } from './problem.ts';
import { ROOT } from './release.ts';
import type { WorkspaceUse } from './workspace-helpdesk.ts';

export type WorkspaceOptions = {
  readonly sandbox: boolean;
  /** Milliseconds, `true` for the usual wait; absent where the webhook comes. */
  readonly poll?: number | true;
  readonly allowWrites?: boolean;
};

type Variables = Readonly<Record<string, string | undefined>>;

/** A look costs up to three requests, and a fifth of the budget is ten in 30 s. */
const LEAST_POLL_MS = 5_000;
const MOST_POLL_MS = 3_600_000;
const USUAL_POLL_MS = 60_000;

export function withWorkspaceOptions(command: Command): Command {
  return command
    .option('--no-sandbox', 'talk to the workspace of RICHPANEL_BASE_URL with RICHPANEL_API_KEY; in shadow by default')
    .option('--poll [EVERY]', 'with --no-sandbox: look for messages where no webhook comes, such as 60s', everyMs)
    .option('--allow-writes', 'with --no-sandbox: lets --mode route-only write tags and routes');
}

/** `null` for the sandbox. Throws `StartProblem` for what does not go together, and for a workspace that cannot be. */
export function workspaceUse(
  options: SharedOptions & WorkspaceOptions,
  { hasTraffic, timeScale, variables }: { hasTraffic: boolean; timeScale: number; variables: Variables },
): WorkspaceUse | null {
  if (options.sandbox) {
    if (options.poll !== undefined)
      throw new StartProblem('--poll belongs to --no-sandbox: the sandbox sends webhooks.');
    if (options.allowWrites) throw new StartProblem('--allow-writes belongs to --no-sandbox: leave it out.');
    return null;
  }
  const { mode, allowWrites = false } = options;
  if (mode === 'auto') {
    throw new StartProblem(
      '--mode auto answers real customers, which belongs to a deployed stage: choose shadow, or route-only with --allow-writes.',
    );
  }
  if (mode === 'route-only' && !allowWrites) {
    throw new StartProblem(
      '--mode route-only writes tags to the real workspace: add --allow-writes, or choose shadow.',
    );
  }
  if (hasTraffic) throw new StartProblem('--traffic writes as invented customers: leave it out with --no-sandbox.');
  if (options.limits === 'unlimited') {
    throw new StartProblem('--unlimited would not keep the rate limit of a real workspace: leave it out.');
  }
  const found = workspaceFrom(variables);
  if (!found.ok) throw new StartProblem(`${found.problem}: ${found.cure}.`);
  const { workspace } = found;
  if (timeScale !== 1 && !workspace.isLoopback) {
    throw new StartProblem('FRONTDESK_TIME_SCALE shortens waits that a real workspace needs: unset it.');
  }
  return {
    workspace,
    answers: tenantAnswers(workspace.origin, variables),
    allowWrites: allowWrites && mode === 'route-only',
    pollMs: options.poll === true ? USUAL_POLL_MS : (options.poll ?? null),
  };
}

/** The file that `FRONTDESK_TENANT` names, else the repository's own. */
export function tenantFile(variables: Variables): string {
  const named = variables.FRONTDESK_TENANT;
  return named === undefined || named === '' ? join(ROOT, 'config', 'tenant.yaml') : named;
}

/** What was found out about this workspace; answers of another one are none. Throws `StartProblem` for an unreadable file. */
export function tenantAnswers(origin: string, variables: Variables): TenantAnswers {
  const parsed = readTenantFile(tenantFile(variables));
  if (!parsed.ok) throw new StartProblem(`config/tenant.yaml: ${parsed.problem}; ${parsed.cure}.`);
  return (parsed.tenant.workspace === origin ? parsed.tenant : unansweredTenant()).answers;
}

/** `60s`, `2m`, or seconds. */
function everyMs(text: string): number {
  const [, digits, unit] = /^(\d{1,6})(s|m)?$/.exec(text) ?? [];
  const ms = Number(digits ?? Number.NaN) * (unit === 'm' ? 60_000 : 1_000);
  if (!(ms >= LEAST_POLL_MS && ms <= MOST_POLL_MS)) throw new InvalidArgumentError('give 5s to 60m, such as 60s.');
  return ms;
}
