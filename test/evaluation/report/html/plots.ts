/** The reliability diagram, the risk–coverage curve and the small interval bars, as inline SVG. */
import type { Figures } from '../../figures.ts';
import { escaped, percent, px, three } from './markup.ts';

const SIZE = { width: 480, height: 320, left: 52, right: 16, top: 14, bottom: 44 } as const;
const PLOT = { width: SIZE.width - SIZE.left - SIZE.right, height: SIZE.height - SIZE.top - SIZE.bottom } as const;

type Axis = { readonly from: number; readonly to: number; readonly ticks: readonly number[]; readonly name: string };

const x = (axis: Axis, value: number): number => SIZE.left + ((value - axis.from) / (axis.to - axis.from)) * PLOT.width;
const y = (axis: Axis, value: number): number =>
  SIZE.top + PLOT.height - ((value - axis.from) / (axis.to - axis.from)) * PLOT.height;

function frame(across: Axis, up: Axis, label: string, inside: string): string {
  const vertical = across.ticks.map((tick) => {
    const at = px(x(across, tick));
    return `<line x1="${at}" x2="${at}" y1="${SIZE.top}" y2="${SIZE.top + PLOT.height}" class="grid"/><text x="${at}" y="${SIZE.top + PLOT.height + 16}" text-anchor="middle">${tickText(tick)}</text>`;
  });
  const horizontal = up.ticks.map((tick) => {
    const at = y(up, tick);
    return `<line x1="${SIZE.left}" x2="${SIZE.left + PLOT.width}" y1="${px(at)}" y2="${px(at)}" class="grid"/><text x="${SIZE.left - 8}" y="${px(at + 4)}" text-anchor="end">${tickText(tick)}</text>`;
  });
  const middle = SIZE.top + PLOT.height / 2;
  return `<svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}" role="img" aria-label="${escaped(label)}">
${[...vertical, ...horizontal].join('\n')}
<text x="${SIZE.left + PLOT.width / 2}" y="${SIZE.height - 6}" text-anchor="middle">${escaped(across.name)}</text>
<text transform="translate(13 ${middle}) rotate(-90)" text-anchor="middle">${escaped(up.name)}</text>
${inside}
</svg>`;
}

const tickText = (tick: number): string => String(Math.round(tick * 100) / 100);

const TENTHS = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;

/** Each bin where its mean confidence meets its share of right rows; on the diagonal a score means what it says. */
export function reliabilityPicture({ reliability }: Pick<Figures, 'reliability'>): string {
  const across: Axis = { from: 0, to: 1, ticks: TENTHS, name: 'routing confidence' };
  const up: Axis = { from: 0, to: 1, ticks: TENTHS, name: 'share right' };
  const point = (confidence: number, accuracy: number): string => `${px(x(across, confidence))} ${px(y(up, accuracy))}`;
  const ideal = `<path d="M ${point(0, 0)} L ${point(1, 1)}" class="ideal"/>`;
  const spans = reliability.map(({ from, to, accuracy }) => {
    const at = px(y(up, accuracy));
    return `<line x1="${px(x(across, from))}" x2="${px(x(across, to))}" y1="${at}" y2="${at}" class="span" stroke-opacity="0.5"/>`;
  });
  const dots = reliability.map(
    ({ confidence, accuracy, n, from, to }) =>
      `<circle cx="${px(x(across, confidence))}" cy="${px(y(up, accuracy))}" r="4.5" class="dot"><title>${from.toFixed(2)}–${to.toFixed(2)}: ${Math.round(n)} rows, said ${three(confidence)}, was right ${three(accuracy)}</title></circle>`,
  );
  const line = reliability.map(({ confidence, accuracy }) => point(confidence, accuracy)).join(' L ');
  const curve = reliability.length > 1 ? `<path d="M ${line}" class="curve" stroke-opacity="0.5"/>` : '';
  return frame(across, up, 'Reliability diagram', [ideal, ...spans, curve, ...dots].join('\n'));
}

/** Error among what is routed against how much is routed, threshold by threshold. */
export function riskPicture({ riskCoverage }: Pick<Figures, 'riskCoverage'>): string {
  const worst = Math.max(0.12, ...riskCoverage.map(({ risk }) => risk));
  const step = worst > 0.5 ? 0.2 : worst > 0.25 ? 0.1 : worst > 0.12 ? 0.05 : 0.02;
  const top = Math.ceil((worst + 1e-9) / step) * step;
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  const across: Axis = { from: 0, to: 1, ticks: TENTHS, name: 'coverage: share routed' };
  const up: Axis = { from: 0, to: top, ticks, name: 'risk: error among them' };
  const at = ({ coverage, risk }: { coverage: number; risk: number }): string =>
    `${px(x(across, coverage))} ${px(y(up, risk))}`;
  const curve = `<path d="M ${riskCoverage.map(at).join(' L ')}" class="curve"/>`;
  const named = riskCoverage.filter(({ threshold }) => [0.3, 0.6, 0.7, 0.8, 0.9].includes(threshold));
  const dots = named.map(
    ({ threshold, coverage, risk }) =>
      `<circle cx="${px(x(across, coverage))}" cy="${px(y(up, risk))}" r="4" class="dot"><title>threshold ${threshold.toFixed(2)}: ${percent(coverage)} routed, ${percent(risk)} of it wrong</title></circle>`,
  );
  const goal = `<path d="M ${px(x(across, 0.7))} ${px(y(up, 0))} L ${px(x(across, 0.7))} ${px(y(up, Math.min(top, 0.1)))} L ${px(x(across, 1))} ${px(y(up, Math.min(top, 0.1)))}" fill="none" class="goal"/>`;
  return frame(across, up, 'Risk–coverage curve', [goal, curve, ...dots, labels(named, across, up)].join('\n'));
}

/** Thresholds beside their dots, left out where one would stand on the one before. */
function labels(points: Figures['riskCoverage'], across: Axis, up: Axis): string {
  let last = { x: Number.POSITIVE_INFINITY, y: 0 };
  return [...points]
    .map(({ threshold, coverage, risk }) => {
      const at = { x: x(across, coverage), y: y(up, risk) };
      if (Math.hypot(at.x - last.x, at.y - last.y) < 26) return '';
      last = at;
      return `<text x="${px(at.x)}" y="${px(at.y - 9)}" text-anchor="middle">${threshold.toFixed(2)}</text>`;
    })
    .join('');
}

const BAR = { width: 120, height: 14 } as const;

/** A share with its 95 % interval. */
export function intervalBar(value: number, [low, high]: readonly [number, number]): string {
  const at = (part: number): string => px(1 + part * (BAR.width - 2));
  return `<svg viewBox="0 0 ${BAR.width} ${BAR.height}" width="${BAR.width}" role="img" aria-label="${three(value)}, 95 % interval ${three(low)} to ${three(high)}"><line x1="1" x2="${BAR.width - 1}" y1="7" y2="7" class="grid"/><line x1="${at(low)}" x2="${at(high)}" y1="7" y2="7" class="span"/><circle cx="${at(value)}" cy="7" r="3.5" class="dot"/></svg>`;
}
