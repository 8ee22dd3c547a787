/** JSON as the repository's formatter writes it: an object on several lines, a list on one line while it fits. */

const WIDTH = 120;

export function jsonText(value: unknown): string {
  return `${print(value, '', 0)}\n`;
}

/** @param used  characters already on the line: indentation, key, and the comma that may follow. */
function print(value: unknown, indent: string, used: number): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const oneLine = value.every((item) => item === null || typeof item !== 'object')
      ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
      : undefined;
    if (oneLine !== undefined && used + oneLine.length <= WIDTH) return oneLine;
    return block(
      '[',
      value.map((item) => print(item, deeper, deeper.length + 1)),
      ']',
      indent,
    );
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const members = entries.map(([key, item]) => {
    const name = `${JSON.stringify(key)}: `;
    return name + print(item, deeper, deeper.length + name.length + 1);
  });
  return block('{', members, '}', indent);
}

function block(open: string, parts: readonly string[], close: string, indent: string): string {
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent}${close}`;
}
