/** What a data folder holds from its first start on: secrets, salts, flags. */
import { randomBytes } from 'node:crypto';
import type { Secrets } from '../aws/secrets/secrets.ts';
import type { Ssm } from '../aws/ssm/ssm.ts';
import type { Endpoint } from './endpoint.ts';
import { flagsOfMode, type Mode } from './modes.ts';

/** Our seat in the sandbox's helpdesk: no secret there, but the functions know it as one. */
export const BOT_SEAT = 'usr_bot_01';

export type OwnSecrets = {
  readonly richpanelKey: string;
  /** The newest one. */
  readonly webhookToken: string;
};

/** Makes what is missing, at random, and answers what the platform itself needs. */
export function furnishSecrets(secrets: Pick<Secrets, 'value' | 'put'>, env: string): OwnSecrets {
  const keep = (name: string, make: () => string): string => {
    const id = `frontdesk/${env}/${name}`;
    const known = secrets.value(id);
    if (known !== null) return known;
    const made = make();
    secrets.put(id, made);
    return made;
  };
  keep('hash_salt', () => JSON.stringify({ current: 1, versions: { 1: token(32) } }));
  keep('vault_key', () => token(32));
  keep('richpanel/bot_agent_id', () => BOT_SEAT);
  const richpanelKey = keep('richpanel/api_key', () => token(24));
  const tokens = keep('richpanel/webhook_token', () => JSON.stringify({ active_tokens: [token(24)] }));
  return { richpanelKey, webhookToken: String(JSON.parse(tokens).active_tokens[0]) };
}

/**
 * A new folder gets the flags of the mode without any change being stated; an existing one keeps its flags, unless a mode is
 * given: then what differs is changed, and every change is recorded.
 *
 * @param put  stores one parameter, silently or as a recorded change
 */
export function furnishFlags(
  ssm: Pick<Ssm, 'value'>,
  put: (name: string, value: string, isRecorded: boolean) => void,
  situation: { readonly env: string; readonly isNew: boolean; readonly mode: Mode | null; readonly now: number },
): void {
  const { env, isNew, mode, now } = situation;
  const prefix = `/frontdesk/${env}/`;
  if (isNew) put(`${prefix}reply_epoch`, new Date(now).toISOString(), false);
  // A ledger that was never lost or restored is whole; folders of older releases do not say so.
  const isFirstLedger = ssm.value(`${prefix}reply_epoch`) !== null && ssm.value(`${prefix}ledger_generation`) === null;
  if (isFirstLedger && ssm.value(`${prefix}ledger_whole`) === null) put(`${prefix}ledger_whole`, '1', false);
  if (!isNew && mode === null) return;
  for (const [name, value] of Object.entries(flagsOfMode(mode ?? 'auto'))) {
    if (ssm.value(prefix + name) !== value) put(prefix + name, value, !isNew);
  }
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

/** The mode that the flags amount to; `custom` when somebody changed single ones. */
export function modeOf(ssm: Pick<Ssm, 'value'>, env: string): Mode | 'custom' {
  const matches = (mode: Mode): boolean =>
    Object.entries(flagsOfMode(mode)).every(([name, value]) => ssm.value(`/frontdesk/${env}/${name}`) === value);
  return (['auto', 'route-only', 'shadow'] as const).find(matches) ?? 'custom';
}

function token(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
