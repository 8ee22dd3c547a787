/** What a data folder holds from its first start on: secrets, salts, flags. */
import { randomBytes } from 'node:crypto';
import type { TenantAnswers } from '../../config/tenant.ts';
import { HELD_FLAGS, type Held, heldBack } from '../../config/tenant-flags.ts';
import type { AuthMethod } from '../../events/auth-methods.ts';
import { activeSecrets, isUsable } from '../../functions/ingest/auth/secrets.ts';
import type { Secrets } from '../aws/secrets/secrets.ts';
import type { Ssm } from '../aws/ssm/ssm.ts';
import { newWebhookSecret } from '../webhook-proof.ts';
import type { Workspace } from '../workspace/settings.ts';
import type { Endpoint } from './endpoint.ts';
import { flagsOfMode, MODES, type Mode } from './modes.ts';
import { StartProblem } from './problem.ts';

/** Our seat in the sandbox's helpdesk: no secret there, but the functions know it as one. */
export const BOT_SEAT = 'usr_bot_01';

export type OwnSecrets = {
  readonly richpanelKey: string;
  /** The newest one that is fit for the method. */
  readonly webhookToken: string;
  /** Whoever calls from outside has to be told of it. */
  readonly isWebhookTokenRenewed: boolean;
};

/**
 * Makes what is missing, at random, and answers what the platform itself needs. A folder stays with the helpdesk it was made
 * for: tickets, replies and flags of another would be taken for its own.
 *
 * @param workspace  the real one, whose key and seat come from the environment at every start; `null` for the sandbox
 * @param auth  what the webhook takes; where no secret of the folder is fit for it, a new one takes the place of all
 */
export function furnishSecrets(
  secrets: Pick<Secrets, 'value' | 'put'>,
  env: string,
  workspace: Workspace | null,
  auth: AuthMethod = 'header_token',
): OwnSecrets {
  const named = (name: string): string => `frontdesk/${env}/${name}`;
  const keep = (name: string, make: () => string): string => {
    const known = secrets.value(named(name));
    if (known !== null) return known;
    const made = make();
    secrets.put(named(name), made);
    return made;
  };
  const isNew = secrets.value(named('hash_salt')) === null;
  const owner = secrets.value(named(ORIGIN)) ?? (isNew ? (workspace?.origin ?? SANDBOX) : SANDBOX);
  if (owner !== (workspace?.origin ?? SANDBOX)) {
    throw new StartProblem(
      `the data folder belongs to ${owner === SANDBOX ? 'the sandbox' : owner}: name another one with --data.`,
    );
  }
  keep('hash_salt', () => JSON.stringify({ current: 1, versions: { 1: token(32) } }));
  keep('vault_key', () => token(32));
  if (workspace !== null) {
    keep(ORIGIN, () => workspace.origin);
    secrets.put(named('richpanel/api_key'), workspace.apiKey);
    if (workspace.seat !== null) secrets.put(named('richpanel/bot_agent_id'), workspace.seat);
  }
  if (workspace === null) keep('richpanel/bot_agent_id', () => BOT_SEAT);
  const richpanelKey = keep('richpanel/api_key', () => token(24));
  const usable = (known: string): string | undefined => activeSecrets(known).find((secret) => isUsable(auth, secret));
  const fresh = (): string => JSON.stringify({ active_tokens: [newWebhookSecret(auth)] });
  const known = usable(keep('richpanel/webhook_token', fresh));
  if (known !== undefined) return { richpanelKey, webhookToken: known, isWebhookTokenRenewed: false };
  const renewed = fresh();
  secrets.put(named('richpanel/webhook_token'), renewed);
  return { richpanelKey, webhookToken: String(usable(renewed)), isWebhookTokenRenewed: true };
}

/** Known on one machine only: which helpdesk the folder was made for. */
const ORIGIN = 'richpanel/origin';
const SANDBOX = 'sandbox';

/**
 * A new folder gets the flags of the mode without any change being stated; an existing one keeps its flags, unless a mode is
 * given: then what differs is changed, and every change is recorded. While the ledger is lost no mode opens automation. What
 * the workspace's answers do not allow is closed at every start, and told.
 *
 * @param put  stores one parameter, silently or as a recorded change
 */
export function furnishFlags(
  ssm: Pick<Ssm, 'value'>,
  put: (name: string, value: string, isRecorded: boolean) => void,
  situation: {
    readonly env: string;
    readonly isNew: boolean;
    readonly mode: Mode | null;
    readonly now: number;
    readonly answers: TenantAnswers;
  },
): string[] {
  const { env, isNew, mode, now, answers } = situation;
  const prefix = `/frontdesk/${env}/`;
  if (isNew) put(`${prefix}reply_epoch`, new Date(now).toISOString(), false);
  // A ledger that was never lost or restored is whole; folders of older releases do not say so.
  const isFirstLedger = ssm.value(`${prefix}reply_epoch`) !== null && ssm.value(`${prefix}ledger_generation`) === null;
  if (isFirstLedger && ssm.value(`${prefix}ledger_whole`) === null) put(`${prefix}ledger_whole`, '1', false);
  const isLost = isLedgerLost(ssm, env);
  const given = Object.fromEntries(
    Object.entries(isNew || mode !== null ? flagsOfMode(mode ?? 'auto') : {}).filter(
      ([name, value]) => !(isLost && name === 'automation_enabled' && value === 'true'),
    ),
  );
  const wanted = (name: string): string | null => given[name] ?? ssm.value(prefix + name);
  const held = HELD_FLAGS.flatMap((name) => heldBack(name, wanted(name) ?? '', answers) ?? []);
  const closed = Object.fromEntries(held.map(({ flag, value }) => [flag, value]));
  for (const [name, value] of Object.entries({ ...given, ...closed })) {
    if (ssm.value(prefix + name) !== value) put(prefix + name, value, !isNew);
  }
  return held.map(({ says }: Held) => says);
}

/** Whether its past was closed, by a loss or a restore, and nobody has called it whole since. */
export function isLedgerLost(ssm: Pick<Ssm, 'value'>, env: string): boolean {
  const generation = ssm.value(`/frontdesk/${env}/ledger_generation`);
  return generation !== null && Number(generation) !== Number(ssm.value(`/frontdesk/${env}/ledger_whole`));
}

/** The key of this start, and the switch: once somebody has set it, it stays as it was set. */
export function furnishModel(
  { secrets, ssm, putParameter }: Pick<Endpoint, 'secrets' | 'ssm' | 'putParameter'>,
  env: string,
  apiKey: string,
): void {
  secrets.put(`frontdesk/${env}/openai/api_key`, apiKey);
  const name = `/frontdesk/${env}/openai_enabled`;
  if (ssm.value(name) === null) putParameter(name, 'true', true);
}

/**
 * A bundle asks the model whenever the flag allows it, with the key that a folder may still have of another start: closed where
 * this start was given none. Answers whether it had to be.
 */
export function withoutModel({ ssm, putParameter }: Pick<Endpoint, 'ssm' | 'putParameter'>, env: string): boolean {
  const name = `/frontdesk/${env}/openai_enabled`;
  if (ssm.value(name) !== 'true') return false;
  putParameter(name, 'false', true);
  return true;
}

/** The mode that the flags amount to, given what the answers hold back; `custom` when somebody changed single ones. */
export function modeOf(ssm: Pick<Ssm, 'value'>, env: string, answers: TenantAnswers): Mode | 'custom' {
  const matches = (mode: Mode): boolean =>
    Object.entries(flagsOfMode(mode)).every(
      ([name, value]) => ssm.value(`/frontdesk/${env}/${name}`) === (heldBack(name, value, answers)?.value ?? value),
    );
  return MODES.toReversed().find(matches) ?? 'custom';
}

function token(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
