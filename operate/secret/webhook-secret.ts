/**
 * The webhook's secret: `{"active_tokens": ["<newest>", …], "created_at": "…", "notes": "…"}` (platform §3.5). How far a rotation
 * has come stands in `notes`, so that tokens and progress change in one write and anybody can go on with it. Pure.
 */
import * as v from 'valibot';

const Secret = v.looseObject({
  active_tokens: v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1)),
  created_at: v.optional(v.string()),
  notes: v.optional(v.string(), ''),
});

const Progress = v.object({
  id: v.string(),
  by: v.string(),
  /** RFC 3339, UTC. */
  startedAt: v.string(),
  /** `both`: all tokens are in the secret; `pointed`: the sender was told the one that stays; `removed`: the others are out. */
  phase: v.picklist(['both', 'pointed', 'removed']),
  /** `back`: the rotation is being undone. */
  direction: v.picklist(['forward', 'back']),
  /** How many tokens from the front stay. */
  keep: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** `created_at` of the tokens that were there before. */
  formerCreatedAt: v.string(),
});
export type Progress = v.InferOutput<typeof Progress>;

export type WebhookSecret = {
  /** Newest first. */
  readonly tokens: readonly [string, ...string[]];
  /** Of the newest; RFC 3339. `null` where nobody wrote it down. */
  readonly createdAt: string | null;
  /** What stands in `notes` for people. */
  readonly says: string;
  readonly progress: Progress | null;
};

/** While a rotation is under way. */
export type UnderWay = WebhookSecret & { readonly progress: Progress };

/** `null` where the text is no such secret. */
export function parseWebhookSecret(text: string): WebhookSecret | null {
  const parsed = v.safeParse(Secret, jsonOf(text));
  if (!parsed.success) return null;
  const { active_tokens, created_at, notes } = parsed.output;
  const progress = v.safeParse(v.object({ rotation: Progress }), jsonOf(notes));
  return {
    tokens: active_tokens as [string, ...string[]],
    createdAt: created_at ?? null,
    says: progress.success ? '' : notes,
    progress: progress.success ? progress.output.rotation : null,
  };
}

export function formatWebhookSecret({ tokens, createdAt, says, progress }: WebhookSecret): string {
  return JSON.stringify({
    active_tokens: tokens,
    ...(createdAt !== null && { created_at: createdAt }),
    notes: progress === null ? says : JSON.stringify({ rotation: progress }),
  });
}

/** A rotation begins: the new token in front, every former one behind it. */
export function begun(
  secret: WebhookSecret,
  token: string,
  about: Pick<Progress, 'id' | 'by' | 'startedAt' | 'formerCreatedAt'>,
): UnderWay {
  return {
    tokens: [token, ...secret.tokens],
    createdAt: about.startedAt,
    says: '',
    progress: { ...about, phase: 'both', direction: 'forward', keep: 1 },
  };
}

/** The same way back: the former tokens in front, the new one behind them. */
export function turnedBack({ tokens, progress, says }: UnderWay): UnderWay {
  const [token, former = token, ...others] = tokens;
  return {
    tokens: [former, ...others, token],
    createdAt: progress.formerCreatedAt,
    says,
    progress: { ...progress, phase: 'both', direction: 'back', keep: tokens.length - 1 },
  };
}

export function pointed(secret: UnderWay): UnderWay {
  return { ...secret, progress: { ...secret.progress, phase: 'pointed' } };
}

/** Only what stays is left. */
export function removed(secret: UnderWay): UnderWay {
  const [first, ...others] = secret.tokens;
  const { keep } = secret.progress;
  return {
    ...secret,
    tokens: [first, ...others.slice(0, keep - 1)],
    progress: { ...secret.progress, phase: 'removed' },
  };
}

/** Over: date and owner stand in the notes. */
export function finished(secret: UnderWay, by: string, at: string): WebhookSecret {
  const what = secret.progress.direction === 'forward' ? 'rotated' : 'rotation undone';
  return { ...secret, says: `${what} ${at} by ${by}`, progress: null };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
