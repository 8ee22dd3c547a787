/** Tokens and money as the vendor would put them on the bill. */
export type Usage = { readonly in: number; readonly cached: number; readonly out: number };

/** Behaviours whose answer says what it cost, once it has arrived whole. */
export const BILLED: ReadonlySet<string> = new Set([
  'answer',
  'late',
  'no_text',
  'two_texts',
  'incomplete',
  'content_filter',
  'refusal',
  'failed',
]);

/** Of this call; every number differs a little, as real ones do. */
export function usageOf(promptCharacters: number, serial: number): Usage {
  const input = Math.ceil(promptCharacters / 4) + (serial % 7);
  return { in: input, cached: serial % 3 === 0 ? 0 : Math.min(2048, input), out: 180 + ((serial * 37) % 151) };
}

/** The bill in thousand-millionths of a dollar: $0.25, $0.025 and $2 for a million tokens. */
export function billOf(usages: readonly Usage[]): bigint {
  return usages.reduce(
    (sum, { in: input, cached, out }) =>
      sum + BigInt(input - cached) * 250n + BigInt(cached) * 25n + BigInt(out) * 2000n,
    0n,
  );
}
