/** A sweep as a picture: bars for a terminal, a curve as SVG, and a page around it. Pure. */
import { table } from '../table.ts';
import type { Point, Swept } from './sweep.ts';

const BAR = 24;

/** One line a value: how many replies are approved, and how often that would be wrong. */
export function sweepText({ key, points }: Swept): string {
  const most = { coverage: Math.max(0, ...points.map(({ coverage }) => coverage)), risk: mostRisk(points) };
  const rows = points.map(({ value, replies, coverage, expectedRisk, routed }) => [
    value,
    replies,
    withBar(coverage, most.coverage),
    withBar(expectedRisk, most.risk),
    percent(routed.coverage),
    percent(routed.expectedRisk),
  ]);
  const head = ['value', 'approved', 'coverage', 'expected risk', 'routed', 'risk of these'];
  return [`${key}: coverage against expected risk`, table(head, rows)].join('\n');
}

function withBar(value: number | null, most: number): string {
  const length = value === null || most === 0 ? 0 : Math.round((value / most) * BAR);
  return `${percent(value).padStart(7)} ${'█'.repeat(length)}`;
}

function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(1)} %`;
}

function mostRisk(points: readonly Point[]): number {
  return Math.max(0, ...points.map(({ expectedRisk }) => expectedRisk ?? 0));
}

const WIDTH = 640;
const HEIGHT = 420;
const EDGE = { left: 64, right: 24, top: 48, bottom: 56 };

/** Expected risk to the right, coverage upwards; each point says its value. */
export function sweepSvg({ key, points }: Swept): string {
  const drawn = points.filter((point): point is Point & { expectedRisk: number } => point.expectedRisk !== null);
  const most = { risk: niceMost(mostRisk(points)), coverage: niceMost(Math.max(0, ...drawn.map((p) => p.coverage))) };
  const x = (risk: number) => EDGE.left + (risk / most.risk) * (WIDTH - EDGE.left - EDGE.right);
  const y = (coverage: number) => HEIGHT - EDGE.bottom - (coverage / most.coverage) * (HEIGHT - EDGE.top - EDGE.bottom);
  const at = ({ expectedRisk, coverage }: (typeof drawn)[number]) =>
    `${x(expectedRisk).toFixed(1)},${y(coverage).toFixed(1)}`;
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${key}: coverage against expected risk</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${EDGE.left}" y="26" font-size="15">${key}: coverage against expected risk</text>`,
    ...ticks.flatMap((share) => [
      `<line x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${y(share * most.coverage)}" y2="${y(share * most.coverage)}" stroke="#ddd"/>`,
      `<text x="${EDGE.left - 8}" y="${y(share * most.coverage) + 4}" text-anchor="end" fill="#555">${percent(share * most.coverage)}</text>`,
      `<text x="${x(share * most.risk)}" y="${HEIGHT - EDGE.bottom + 18}" text-anchor="middle" fill="#555">${percent(share * most.risk)}</text>`,
    ]),
    `<text x="${(WIDTH + EDGE.left) / 2}" y="${HEIGHT - 14}" text-anchor="middle">expected risk of a reply</text>`,
    `<text x="16" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 ${HEIGHT / 2})">coverage: messages with an approved reply</text>`,
    `<polyline points="${drawn.map(at).join(' ')}" fill="none" stroke="#2563eb" stroke-width="1.5"/>`,
    ...drawn.map((point) => {
      const [cx, cy] = at(point).split(',');
      const says = `${key} = ${point.value}: ${point.replies} replies approved, coverage ${percent(point.coverage)}, expected risk ${percent(point.expectedRisk)}`;
      return `<circle cx="${cx}" cy="${cy}" r="4" fill="#2563eb"><title>${says}</title></circle>`;
    }),
    ...[drawn[0], drawn.at(-1)].flatMap((point) => {
      if (point === undefined) return [];
      const [cx, cy] = at(point).split(',');
      return `<text x="${cx}" y="${Number(cy) - 9}" text-anchor="middle" fill="#1e3a8a">${point.value}</text>`;
    }),
    '</svg>',
  ].join('\n');
}

/** The scale ends at a round share that holds the most. */
function niceMost(most: number): number {
  return [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8].find((end) => most <= end) ?? 1;
}

/** A page of its own: the curve and its numbers. */
export function sweepPage(swept: Swept): string {
  const rows = swept.points.map(({ value, replies, coverage, expectedRisk, routed, different, undecidable }) =>
    [
      value,
      replies,
      percent(coverage),
      percent(expectedRisk),
      percent(routed.coverage),
      percent(routed.expectedRisk),
      different,
      undecidable,
    ]
      .map((cell) => `<td>${cell}</td>`)
      .join(''),
  );
  const heads = ['value', 'approved', 'coverage', 'risk', 'routed', 'risk of these', 'different', 'undecidable'];
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<title>${swept.key}</title>`,
    '<style>body{font:14px system-ui,sans-serif;margin:2rem;max-width:48rem}td,th{padding:.2rem .8rem;text-align:right}</style>',
    '</head><body>',
    sweepSvg(swept),
    `<table><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>`,
    ...rows.map((row) => `<tr>${row}</tr>`),
    '</table></body></html>',
    '',
  ].join('\n');
}
