/** The confusion matrix as a heat map: a row is what was labelled, its colours are the shares of what was decided. */
import { INTENTS } from '../../../../events/words.ts';
import type { Figures } from '../../figures.ts';
import { share } from '../../metrics/numbers.ts';
import { escaped, px } from './markup.ts';

const CELL = 26;
const LEFT = 196;
const TOP = 150;
/** Above this a cell is dark enough for light figures. */
const DARK = 0.55;

export function confusionPicture({ confusion }: Pick<Figures, 'confusion'>): string {
  const predicted = new Set(Object.values(confusion).flatMap((row) => Object.keys(row)));
  const intents = INTENTS.filter((intent) => confusion[intent] !== undefined || predicted.has(intent));
  const width = LEFT + intents.length * CELL + 96;
  const height = TOP + intents.length * CELL + 8;
  const columns = intents.map((intent, at) => {
    const x = LEFT + at * CELL + CELL / 2 + 4;
    return `<text transform="translate(${px(x)} ${TOP - 8}) rotate(-55)">${escaped(intent)}</text>`;
  });
  const rows = intents.map((actual, line) => {
    const cells = confusion[actual] ?? {};
    const n = Object.values(cells).reduce((sum, count) => sum + count, 0);
    const y = TOP + line * CELL;
    const label = `<text x="${LEFT - 8}" y="${y + 17}" text-anchor="end" class="ink">${escaped(actual)}</text>`;
    const squares = intents.map((other, at) => square(LEFT + at * CELL, y, cells[other] ?? 0, n, actual, other));
    const total = `<text x="${LEFT + intents.length * CELL + 8}" y="${y + 17}">${n}</text>`;
    return label + squares.join('') + total;
  });
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="Confusion matrix: rows labelled, columns decided">
<text x="${LEFT - 8}" y="${TOP - 8}" text-anchor="end">labelled ↓ decided →</text>
<text x="${LEFT + intents.length * CELL + 8}" y="${TOP - 8}">rows</text>
${columns.join('\n')}\n${rows.join('\n')}\n</svg>`;
}

function square(x: number, y: number, count: number, n: number, actual: string, predicted: string): string {
  const part = share(count, n);
  const box = `x="${x}" y="${y}" width="${CELL - 2}" height="${CELL - 2}" rx="3"`;
  if (count === 0) return `<rect ${box} class="none"/>`;
  const kind = actual === predicted ? 'cell' : 'miss';
  const opacity = Math.round((0.18 + 0.82 * part) * 100) / 100;
  const title = `<title>${escaped(actual)} decided as ${escaped(predicted)}: ${count} of ${n}</title>`;
  const figure = `<text x="${x + CELL / 2 - 1}" y="${y + 16}" text-anchor="middle" class="${opacity > DARK ? 'on' : 'ink'}">${count}</text>`;
  return `<g>${title}<rect ${box} class="${kind}" fill-opacity="${opacity}"/>${figure}</g>`;
}
