/** What a sandbox can be told to do differently, with the defaults of reference/richpanel-api.md §12. */
import * as v from 'valibot';
import { AUTH_METHODS } from '../../events/auth-methods.ts';
import { DEFAULT_UNKNOWNS, unknownEntries } from './unknowns.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const entries = {
  ...unknownEntries,
  /** `x-richpanel-key` that may do everything, and one that gets 403 on the ticket list only (§12.1 no. 1). */
  apiKey: v.string(),
  listDeniedKey: v.string(),
  botAgentId: v.string(),
  seed: v.union([v.string(), v.number()]),
  /** The 26 invented tickets of §12.5 stand in the shop from the start. */
  seedData: v.boolean(),
  /** Fixed window per key; `null` lifts the limiter and its headers. */
  rateLimit: v.nullable(
    v.strictObject({ requests: v.pipe(count, v.minValue(1)), windowMs: v.pipe(count, v.minValue(1)) }),
  ),
  /** Reads show a ticket as it stood so long ago (§1.6). */
  staleReadMs: count,
  /** Number of a page that comes out empty before the end of a list; `null` for none. */
  emptyPage: v.nullable(v.pipe(count, v.minValue(1))),

  webhookUrl: v.nullable(v.string()),
  /** How the default HTTP target proves itself (docs/webhooks.md). The vendor cannot sign; the sandbox signs as a signer between would. */
  webhookAuth: v.picklist(AUTH_METHODS),
  webhookHeader: v.string(),
  webhookToken: v.string(),
  /**
   * Body of the default HTTP target: ids only (§11.3), with the message id and time that the sandbox can also fill in, or
   * with a variable for the message id that the vendor does not have.
   */
  webhookBody: v.picklist(['minimal', 'with-message-id', 'with-unknown-variable']),
  webhookTimeoutMs: count,
  /** Further copies of every call. */
  duplicate: count,
  delayMs: count,
  /** A call waits until the next one was made (at most one second), so that neighbours swap. */
  reorder: v.boolean(),
  drop: share,
  /** Fires first; the comment becomes readable only after `visibleAfterMs`, or `staleReadMs` when that is `null`. */
  beforeVisible: v.boolean(),
  visibleAfterMs: v.nullable(count),
  /** Target calls per ticket and minute that API writes and rules may cause (§12.3 no. 6). */
  loopLimit: count,
};

export const OptionsPatch = v.partial(v.strictObject(entries));
export type OptionsPatch = v.InferOutput<typeof OptionsPatch>;
export type SandboxOptions = Readonly<v.InferOutput<v.StrictObjectSchema<typeof entries, undefined>>>;

export const DEFAULT_OPTIONS: SandboxOptions = {
  ...DEFAULT_UNKNOWNS,
  apiKey: 'sandbox-key',
  listDeniedKey: 'sandbox-key-without-lists',
  botAgentId: 'usr_bot_01',
  seed: 1,
  seedData: true,
  rateLimit: { requests: 50, windowMs: 30_000 },
  staleReadMs: 0,
  emptyPage: null,
  webhookUrl: null,
  webhookAuth: 'header_token',
  webhookHeader: 'x-richpanel-webhook-token',
  webhookToken: '',
  webhookBody: 'minimal',
  webhookTimeoutMs: 5_000,
  duplicate: 0,
  delayMs: 0,
  reorder: false,
  drop: 0,
  beforeVisible: false,
  visibleAfterMs: null,
  loopLimit: 20,
};

/** Lays a patch over options; keys that are `undefined` change nothing. */
export function withOptions(base: SandboxOptions, patch: OptionsPatch): SandboxOptions {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return { ...base, ...(Object.fromEntries(given) as Partial<SandboxOptions>) };
}
