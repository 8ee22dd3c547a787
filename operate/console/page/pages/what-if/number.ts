/** A number as somebody types it into a setting: what it stands for, or what is wrong with it. Pure. */

type Bounds = { readonly min: number; readonly max: number | null; readonly step: number };

export type Read = { readonly value: number } | { readonly problem: string };

/** @param isNumber  the browser takes what stands there for a number; its text is empty otherwise */
export function readNumber({ min, max, step }: Bounds, text: string, isNumber: boolean): Read {
  const value = Number(text);
  const isIn = value >= min && (max === null || value <= max);
  const isWhole = step >= 1;
  if (isNumber && text !== '' && isIn && (!isWhole || Number.isInteger(value))) return { value };
  const kind = isWhole ? 'a whole number' : 'a number';
  return { problem: `Allowed: ${kind} ${max === null ? `from ${min} up` : `from ${min} to ${max}`}.` };
}
