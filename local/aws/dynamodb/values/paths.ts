/** Places inside an item: names of attributes and map members, numbers of list elements. */
import { type AttributeValue, attributeOf, type Item, withAttribute, withoutAttribute } from './attribute-value.ts';

export type Path = readonly (string | number)[];

export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  const [head, ...rest] = path;
  let value = typeof head === 'string' ? attributeOf(item, head) : undefined;
  for (const step of rest) {
    if (value === undefined) return undefined;
    value = child(value, step);
  }
  return value;
}

/** A copy with the value in that place, at the end of a list where the index lies beyond; `null` when no parent is there. */
export function withValueAt(item: Item, path: Path, value: AttributeValue): Item | null {
  return edited(item, path, (parent, step) => {
    if (parent.M !== undefined && typeof step === 'string') return { M: withAttribute(parent.M, step, value) };
    if (parent.L === undefined || typeof step !== 'number') return null;
    const index = Math.min(step, parent.L.length);
    return { L: [...parent.L.slice(0, index), value, ...parent.L.slice(index + 1)] };
  });
}

/** A copy without what stands there; nothing there is no fault, a parent that is not there gives `null`. */
export function withoutValueAt(item: Item, path: Path): Item | null {
  return edited(item, path, (parent, step) => {
    if (parent.M !== undefined && typeof step === 'string') return { M: withoutAttribute(parent.M, step) };
    if (parent.L === undefined || typeof step !== 'number') return null;
    return { L: parent.L.filter((_, index) => index !== step) };
  });
}

/** Only what the paths lead to, in its maps and lists; the elements left of a list close up in their order. */
export function projected(item: Item, paths: readonly Path[]): Item {
  const wanted: Wanted = new Map();
  for (const path of paths) want(wanted, path);
  return picked({ M: item }, wanted)?.M ?? {};
}

/** Names as they sort, list elements by number. */
export function comparePaths(left: Path, right: Path): number {
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const [one, two] = [left[index], right[index]];
    if (one === two) continue;
    if (typeof one === 'number' && typeof two === 'number') return one - two;
    return String(one) < String(two) ? -1 : 1;
  }
  return left.length - right.length;
}

/** As error texts show it: `[a, [1], b]`. */
export function shownPath(path: Path): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}

function child(value: AttributeValue, step: string | number): AttributeValue | undefined {
  if (typeof step === 'number') return value.L?.[step];
  return value.M === undefined ? undefined : attributeOf(value.M, step);
}

type Edit = (parent: AttributeValue, step: string | number) => AttributeValue | null;

function edited(item: Item, path: Path, edit: Edit): Item | null {
  return editedValue({ M: item }, path, edit)?.M ?? null;
}

function editedValue(parent: AttributeValue, path: Path, edit: Edit): AttributeValue | null {
  const [step, ...rest] = path;
  if (step === undefined) return null;
  if (rest.length === 0) return edit(parent, step);
  const inner = child(parent, step);
  const changed = inner === undefined ? null : editedValue(inner, rest, edit);
  if (changed === null) return null;
  if (typeof step === 'number') return { L: (parent.L ?? []).with(step, changed) };
  return { M: withAttribute(parent.M ?? {}, step, changed) };
}

/** What is wanted of a map or list; no steps: all of it. */
type Wanted = Map<string | number, Wanted>;

function want(wanted: Wanted, [step, ...rest]: Path): void {
  if (step === undefined) return;
  const inner = wanted.get(step) ?? new Map();
  wanted.set(step, inner);
  want(inner, rest);
}

function picked(value: AttributeValue, wanted: Wanted): AttributeValue | undefined {
  if (wanted.size === 0) return value;
  const steps = [...wanted].sort(([one], [two]) => comparePaths([one], [two]));
  const found = steps.flatMap(([step, inner]) => {
    const member = child(value, step);
    const part = member === undefined ? undefined : picked(member, inner);
    return part === undefined ? [] : [[step, part] as const];
  });
  if (found.length === 0) return undefined;
  return value.L === undefined ? { M: Object.fromEntries(found) } : { L: found.map(([, part]) => part) };
}
