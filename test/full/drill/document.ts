/** Commands of a page and what it says they print: a fenced `sh` block, and the `text` block that follows it. Pure. */

export type Told = { readonly command: string; readonly output: readonly string[] };

const BLOCK = /^```(sh|text)\n([\s\S]*?)^```$/gm;

/** Only blocks marked `sh` are run; others (`console`) are for another place, such as a deployed stage. */
export function toldIn(page: string): Told[] {
  const told: { command: string; output: string[] }[] = [];
  for (const [, kind, body = ''] of page.matchAll(BLOCK)) {
    const lines = body.split('\n').filter((line) => line.trim() !== '');
    if (kind === 'sh') told.push(...lines.map((command) => ({ command, output: [] })));
    else told.at(-1)?.output.push(...lines);
  }
  return told;
}

/** Lines that are told and were not printed, figures and times aside. */
export function untrue({ output }: Told, printed: string): string[] {
  const real = new Set(printed.split('\n').map(shapeOf));
  return output.filter((line) => !real.has(shapeOf(line)));
}

/** What stays the same from run to run: words, not figures, ids, paths, nor how columns are spaced. */
function shapeOf(line: string): string {
  return line
    .replaceAll(/npx frontdesk --data [^ `]+/g, 'npx frontdesk')
    .replaceAll(/(rebuild|recovery)-[0-9A-Z]{26}/g, '$1-ID')
    .replaceAll(/America\/[A-Za-z_]+/g, 'ZONE')
    .replaceAll(/\d[\d.:-]*( (ms|s|min|h)\b( \d+ (s|min)\b)?)?/g, 'N')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
