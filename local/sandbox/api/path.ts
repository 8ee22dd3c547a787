/** Raw request paths: segments decoded exactly once, and ids that were sent without encoding (§12.1 no. 2). */

export type ParsedPath = {
  readonly path: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** A segment holds characters that `encodeURIComponent` would not have left. */
  readonly hasUnencoded: boolean;
};

/** Splits a raw path; `undefined` when a percent sequence is broken. */
export function parsePath(raw: string): ParsedPath | undefined {
  const mark = raw.indexOf('?');
  const path = mark === -1 ? raw : raw.slice(0, mark);
  const parts = path.split('/').slice(1);
  try {
    return {
      path,
      segments: parts.map(decodeURIComponent),
      query: new URLSearchParams(mark === -1 ? '' : raw.slice(mark + 1)),
      hasUnencoded: parts.some((part) => /[^A-Za-z0-9\-_.!~*'()%]/.test(part)),
    };
  } catch {
    return undefined;
  }
}
