/** What waits for its moment, earliest first (a binary heap). */
export type Agenda<T> = {
  readonly size: number;
  add(item: T): void;
  /** Takes out the first, or undefined when nothing waits. */
  next(): T | undefined;
  peek(): T | undefined;
};

/** An agenda in the order of `isBefore`, which must be a total order for runs to repeat. */
export function createAgenda<T>(isBefore: (a: T, b: T) => boolean): Agenda<T> {
  const heap: T[] = [];

  function sinkFrom(start: number, item: T): void {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const leftItem = heap[left];
      if (leftItem === undefined) break;
      const rightItem = heap[left + 1];
      const [child, childItem] =
        rightItem !== undefined && isBefore(rightItem, leftItem) ? [left + 1, rightItem] : [left, leftItem];
      if (!isBefore(childItem, item)) break;
      heap[index] = childItem;
      index = child;
    }
    heap[index] = item;
  }

  return {
    get size() {
      return heap.length;
    },
    add(item) {
      let index = heap.push(item) - 1;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        const parentItem = heap[parent];
        if (parentItem === undefined || !isBefore(item, parentItem)) break;
        heap[index] = parentItem;
        index = parent;
      }
      heap[index] = item;
    },
    next() {
      const first = heap[0];
      const last = heap.pop();
      if (heap.length > 0 && last !== undefined) sinkFrom(0, last);
      return first;
    },
    peek: () => heap[0],
  };
}
