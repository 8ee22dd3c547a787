/** Which column a card stands in: one after whatever causes it. Pure and in the order it is given. */
import type { Card, Link } from './parts.ts';
import { heightOf, portsOf } from './parts.ts';

/** Cards of each column, in the order they were given. A link that would close a circle pulls nothing. */
export function columnsOf(cards: readonly Card[], links: readonly Link[]): Card[][] {
  const forward = withoutCircles(cards, links);
  const depth = new Map<string, number>();
  const depthOf = (id: string): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    const causes = forward.filter(({ to }) => to === id).map(({ from }) => depthOf(from));
    const found = causes.length === 0 ? 0 : Math.max(...causes) + 1;
    depth.set(id, found);
    return found;
  };
  for (const { id } of cards) depthOf(id);
  // What nothing causes stands right before what it causes, not at the far left.
  for (const { id } of cards) {
    const caused = forward.filter(({ from }) => from === id).map(({ to }) => depthOf(to));
    if (!forward.some(({ to }) => to === id) && caused.length > 0) depth.set(id, Math.min(...caused) - 1);
  }
  const isLinked = (id: string): boolean => links.some(({ from, to }) => from === id || to === id);
  const linked = cards.filter(({ id }) => isLinked(id));
  const columns: Card[][] = Array.from({ length: Math.max(0, ...linked.map(({ id }) => depthOf(id))) + 1 }, () => []);
  for (const card of linked) columns[depthOf(card.id)]?.push(card);
  fillUp(
    columns,
    cards.filter(({ id }) => !isLinked(id)),
    links,
  );
  return columns;
}

/** What stands by itself goes where there is most room, and makes no column wider if it need not. */
function fillUp(columns: Card[][], cards: readonly Card[], links: readonly Link[]): void {
  const ports = portsOf(links);
  const tall = (column: readonly Card[]): number =>
    column.reduce((sum, card) => sum + heightOf(card, ports.get(card.id)?.length ?? 0), 0);
  const wide = (column: readonly Card[]): number => Math.max(0, ...column.map(({ width }) => width));
  for (const card of cards) {
    const fitting = columns.filter((column) => wide(column) >= card.width);
    const choice = fitting.length > 0 ? fitting : columns;
    choice.toSorted((left, right) => tall(left) - tall(right))[0]?.push(card);
  }
}

/** In the order of the cards: a link back to a card on the way here is left out. */
function withoutCircles(cards: readonly Card[], links: readonly Link[]): Link[] {
  const state = new Map<string, 'on the way' | 'done'>();
  const back = new Set<Link>();
  const visit = (id: string): void => {
    state.set(id, 'on the way');
    for (const link of links) {
      if (link.from !== id) continue;
      const met = state.get(link.to);
      if (met === 'on the way') back.add(link);
      else if (met === undefined) visit(link.to);
    }
    state.set(id, 'done');
  };
  // Circles are cut behind what nothing causes, where there is such a card.
  const begins = cards.filter(({ id }) => !links.some(({ to }) => to === id));
  for (const { id } of [...begins, ...cards]) if (!state.has(id)) visit(id);
  return links.filter((link) => !back.has(link));
}
