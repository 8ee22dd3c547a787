/** Text that is safe inside HTML and SVG, and numbers as people read them. */

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export const three = (value: number): string => value.toFixed(3);
export const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
/** One decimal at most: coordinates of a picture. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

export type Cell = { readonly html: string; readonly isNumber?: boolean };
export const text = (value: string): Cell => ({ html: escaped(value) });
export const number = (value: string | number): Cell => ({ html: escaped(String(value)), isNumber: true });
export const raw = (html: string): Cell => ({ html });

export function tableOf(head: readonly string[], rows: readonly (readonly Cell[])[], nothing = 'none'): string {
  if (rows.length === 0) return `<p class="quiet">${escaped(nothing)}</p>`;
  const isNumber = (column: number): boolean => rows.every((row) => row[column]?.isNumber === true);
  const heads = head.map((name, at) => `<th scope="col"${isNumber(at) ? ' class="num"' : ''}>${escaped(name)}</th>`);
  const body = rows.map(
    (row) => `<tr>${row.map((cell) => `<td${cell.isNumber ? ' class="num"' : ''}>${cell.html}</td>`).join('')}</tr>`,
  );
  return `<div class="wide"><table><thead><tr>${heads.join('')}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}
