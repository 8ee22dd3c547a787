/** The counted table as text: one operation a line, in one order. Pure. */
import { stringify } from 'yaml';
import type { Counted, Counts } from '../../../config/cost/counts.ts';

const HEAD = `# What one message of each path asks of AWS, counted on a real instance over the wire: operation: [requests, units].
# Units are what DynamoDB and EventBridge charge by. Written by \`node bin/launch.js test/bench/cost/cli.ts renew\`; look its
# differences over before you commit them. \`… cli.ts check\` fails when a path asks for more than stands here (docs/cost.md).
`;

export function tableText(counts: Counts): string {
  const pairs = ({ operations, bytes }: Counted) => ({
    operations: Object.fromEntries(Object.entries(operations).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    bytes,
  });
  const grouped = <T extends Record<string, Counted>>(group: T) =>
    Object.fromEntries(Object.entries(group).map(([name, counted]) => [name, pairs(counted)]));
  const { counted, paths, extras, runs, mix, metrics, billed_ms } = counts;
  const whole = {
    counted,
    paths: grouped(paths),
    extras: grouped(extras),
    runs: grouped(runs),
    mix,
    metrics,
    billed_ms,
  };
  const text = stringify(whole, { lineWidth: 0 });
  // A pair stands on the line of its operation.
  return HEAD + text.replace(/:\n\s+- (\d+)\n\s+- ([\d.]+)(?=\n)/g, ': [$1, $2]');
}
