/** Reads what the Responses API answered: the model's text, or why there is none. Pure; nothing of it is ever repeated. */
import * as v from 'valibot';

/** As the vendor counted; zeros where the answer did not say. */
export type Tokens = { readonly in: number; readonly cached: number; readonly out: number };
export const NO_TOKENS: Tokens = { in: 0, cached: 0, out: 0 };

/** `incomplete` met the token cap, `refusal` was declined by the model or a filter; `failed` is the vendor's own fault. */
export type Problem = 'incomplete' | 'refusal' | 'invalid' | 'server' | 'rate_limited';
export type Answer =
  | { readonly kind: 'text'; readonly text: string; readonly tokens: Tokens }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly tokens: Tokens };

/** More than any model reads or writes in one call: such a count is a mistake. */
const MOST_TOKENS = 10_000_000;
const TokenCount = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_TOKENS));
const Usage = v.object({
  usage: v.object({
    input_tokens: TokenCount,
    output_tokens: TokenCount,
    input_tokens_details: v.nullish(v.object({ cached_tokens: v.nullish(TokenCount) })),
  }),
});

const Part = v.object({ type: v.string(), text: v.nullish(v.string()) });
const Output = v.object({ type: v.string(), content: v.nullish(v.array(Part)) });
const Body = v.object({
  status: v.picklist(['completed', 'incomplete', 'failed']),
  incomplete_details: v.nullish(v.object({ reason: v.nullish(v.string()) })),
  error: v.nullish(v.object({ code: v.nullish(v.string()) })),
  output: v.nullish(v.array(Output)),
});

/** @param body  the parsed JSON of a 2xx, or whatever stood there instead */
export function readAnswer(body: unknown): Answer {
  const tokens = tokensIn(body);
  const problem = (kind: Problem): Answer => ({ kind: 'problem', problem: kind, tokens });
  const parsed = v.safeParse(Body, body);
  if (!parsed.success) return problem('invalid');
  const { status, error, incomplete_details, output } = parsed.output;
  if (status === 'failed') return problem(error?.code === 'rate_limit_exceeded' ? 'rate_limited' : 'server');
  if (status === 'incomplete')
    return problem(incomplete_details?.reason === 'content_filter' ? 'refusal' : 'incomplete');
  const parts = (output ?? []).filter(({ type }) => type === 'message').flatMap(({ content }) => content ?? []);
  if (parts.some(({ type }) => type === 'refusal')) return problem('refusal');
  const [only, ...more] = parts.filter(({ type }) => type === 'output_text');
  // Several texts would have to be put together by guessing.
  return typeof only?.text === 'string' && more.length === 0
    ? { kind: 'text', text: only.text, tokens }
    : problem('invalid');
}

/** Read apart from the rest, so that an answer that is of no use is still paid for. */
function tokensIn(body: unknown): Tokens {
  const parsed = v.safeParse(Usage, body);
  if (!parsed.success) return NO_TOKENS;
  const { input_tokens, output_tokens, input_tokens_details } = parsed.output.usage;
  const cached = input_tokens_details?.cached_tokens ?? 0;
  return { in: input_tokens, cached: Math.min(cached, input_tokens), out: output_tokens };
}
