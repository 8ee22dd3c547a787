/** What a person reads at the end of a run. Ids, names and codes; never what somebody wrote. */
import { missesIn, type Result, type Summary } from './summary.ts';

const MOST_MISSES = 40;

export function reportOf(summary: Summary, results: readonly Result[]): string {
  const seconds = summary.durationMs / 1000;
  const rate = seconds > 0 ? (summary.messages / seconds).toFixed(1) : '0';
  const lines = [
    `${summary.messages} messages, ${summary.settled} settled in ${seconds.toFixed(1)} s (${rate}/s), classifier ${summary.classifier}`,
    '',
    ...table(
      'Outcome',
      ['replied', 'routed', 'suppressed', 'failed'].map((name) => [name, summary[name as 'replied']]),
    ),
    '',
    ...table(
      'Reply sent',
      tally(results, ({ row }) => row.templateId),
    ),
    '',
    ...table(
      'Team',
      tally(results, ({ row }) => row.department),
    ),
    '',
    `Tier 0: ${summary.tier0}, of these answered: ${summary.tier0Replied}`,
    `Expectations met: ${summary.expectedMet} of ${summary.expectedRows}`,
    ...missLines(results),
    ...unsettledLines(results),
  ];
  if (summary.invalidLines > 0) lines.push(`Lines that could not be read: ${summary.invalidLines}`);
  return `${lines.join('\n')}\n`;
}

function missLines(results: readonly Result[]): string[] {
  const lines = results.flatMap(({ message, row }) =>
    missesIn(message, row).map(
      ({ key, expected, got }) =>
        `  ${message.id}: ${key} expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)} (${row.reasonCodes.join(', ')})`,
    ),
  );
  return cut(lines);
}

function unsettledLines(results: readonly Result[]): string[] {
  return cut(results.filter(({ isSettled }) => !isSettled).map(({ message }) => `  ${message.id}: not settled`));
}

function cut(lines: readonly string[]): string[] {
  return lines.length <= MOST_MISSES
    ? [...lines]
    : [...lines.slice(0, MOST_MISSES), `  … and ${lines.length - MOST_MISSES} more`];
}

function tally(results: readonly Result[], key: (result: Result) => string | null): [string, number][] {
  const counts = new Map<string, number>();
  for (const result of results) {
    const name = key(result) ?? '–';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([left, a], [right, b]) => b - a || (left < right ? -1 : 1));
}

function table(title: string, rows: readonly (readonly [string, number])[]): string[] {
  const width = Math.max(title.length, ...rows.map(([name]) => name.length));
  return [title, ...rows.map(([name, count]) => `  ${name.padEnd(width)}  ${String(count).padStart(6)}`)];
}
