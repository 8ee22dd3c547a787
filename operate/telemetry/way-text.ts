/** A way for people: one line a step, its time before it, its duration behind. Pure. */
import { clockTime, type Zone } from '../instants.ts';
import { durationText } from '../table.ts';
import { count } from '../text.ts';
import type { Node, Way } from './way.ts';

export function wayText(way: Way, zone: Zone): string {
  const head = [
    way.traceId,
    ...(way.conversationId === null ? [] : [`conversation ${way.conversationId}`]),
    ...(way.channel === null ? [] : [way.channel]),
    `from ${clockTime(way.beganAt, zone)} ${zone.name}`,
    durationText(way.durationMs),
    `${count(way.facts, 'fact')}, ${count(way.spans, 'span')}`,
  ].join(' · ');
  const none = way.spans === 0 ? ['no spans of it are kept any more: only the facts are shown'] : [];
  return [head, ...none, ...way.roots.flatMap((node) => linesOf(node, '', ''))].join('\n');
}

function linesOf(node: Node, lead: string, below: string): string[] {
  const { children } = node;
  const named = node.kind === 'fact' ? `◆ ${node.name}` : node.name === 'consumer' ? node.function : node.name;
  const took = node.durationMs === null ? '' : `  ${durationText(node.durationMs)}`;
  const ended = node.result === null ? '' : `  ${node.result}`;
  return [
    `${`+${durationText(node.offsetMs)}`.padStart(13)}  ${lead}${named}${took}${ended}`,
    ...children.flatMap((child, index) => {
      const isLast = index === children.length - 1;
      return linesOf(child, `${below}${isLast ? '└─ ' : '├─ '}`, `${below}${isLast ? '   ' : '│  '}`);
    }),
  ];
}
