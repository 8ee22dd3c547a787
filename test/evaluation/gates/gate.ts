/** A gate is a list of checks against limits; its line in the JSON is that of interfaces §4. */

export type Check = {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly must: '=' | '>=' | '<=';
};

export type GateResult = 'pass' | 'fail' | 'sign-off' | 'n/a';
type Figure = number | string | null | Readonly<Record<string, number>>;

export type Gate = {
  readonly id: string;
  readonly name: string;
  readonly result: GateResult;
  /** The one figure, or figures by name; `null` where nothing was judged. */
  readonly value: Figure;
  readonly limit: Figure;
  readonly checks: readonly Check[];
  /** Why it does not apply, or what failed, by id or name. */
  readonly note?: string;
};

export function holds({ value, limit, must }: Check): boolean {
  if (must === '=') return value === limit;
  return must === '>=' ? value >= limit : value <= limit;
}

/** A hard gate fails when one of its checks does; a soft one asks for a signature. */
export function gate(id: string, name: string, checks: readonly Check[], note?: string): Gate {
  const isBroken = checks.some((check) => !holds(check));
  const broken = id.startsWith('S') ? 'sign-off' : 'fail';
  return {
    id,
    name,
    result: isBroken ? broken : 'pass',
    value: figure(checks, ({ value }) => value),
    limit: figure(checks, ({ limit }) => limit),
    checks,
    ...(note === undefined || note === '' ? {} : { note }),
  };
}

/** Metrics are recorded only (decisions §8.6). */
export const PHASE_A = 'phase A: no baseline of these rows';
export const NO_BASELINE = 'nobody signed off figures of this golden file: npm run eval -- --update-baseline';

export function notApplicable(id: string, name: string, note: string): Gate {
  return { id, name, result: 'n/a', value: null, limit: null, checks: [], note };
}

function figure(checks: readonly Check[], of: (check: Check) => number): Figure {
  const [first] = checks;
  if (first === undefined) return null;
  return checks.length === 1 ? of(first) : Object.fromEntries(checks.map((check) => [check.what, of(check)]));
}

export const exactly = (what: string, value: number, limit: number): Check => ({ what, value, limit, must: '=' });
export const atLeast = (what: string, value: number, limit: number): Check => ({ what, value, limit, must: '>=' });
export const atMost = (what: string, value: number, limit: number): Check => ({ what, value, limit, must: '<=' });

/** Does a hard gate fail? */
export function isBroken(gates: readonly Gate[]): boolean {
  return gates.some(({ result }) => result === 'fail');
}
