/** Values of flags for people. */

/** Stands for an empty list in what is sent. */
const NONE = 'none';

export function valueText(value: unknown): string {
  if (value === null || value === '') return 'not set';
  if (Array.isArray(value)) return value.length === 0 ? NONE : value.join(', ');
  return String(value);
}

/** As a person would type it. */
export function typedOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.length === 0 ? NONE : value.join(',');
  return String(value);
}

/** The list with one entry put in or taken out. */
export function toggled(list: string, entry: string): string {
  const entries = list.split(',').filter((one) => one !== '' && one !== NONE);
  const next = entries.includes(entry) ? entries.filter((one) => one !== entry) : [...entries, entry];
  return next.length === 0 ? NONE : next.join(',');
}
