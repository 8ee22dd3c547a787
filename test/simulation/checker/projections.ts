/** What is rebuilt from the archive equals what live traffic has made, to the byte (platform §11.5). */
import { blame, ofKind, type Reading, type Violation } from './reading.ts';

/** A row that the auditor has visibly given up may be missing from the original. */
export function rebuiltOtherwise({ account: { facts, projections = [] } }: Reading): Violation[] {
  const failures = ofKind(facts, 'failure').filter(({ target }) => target === 'auditor');
  const isGivenUp = (eventId: string): boolean => failures.some(({ body }) => body.includes(eventId));
  return projections.flatMap(({ table, original, rebuilt }) => {
    const again = new Map(rebuilt);
    const before = new Map(original);
    const ids = [...new Set([...before.keys(), ...again.keys()])];
    return ids.flatMap((eventId) => {
      if (before.get(eventId) === again.get(eventId) || isGivenUp(eventId)) return [];
      const what = !again.has(eventId)
        ? 'is not rebuilt'
        : before.has(eventId)
          ? 'is rebuilt otherwise'
          : 'was not there';
      return [blame('projection', 0, null, `${table}: the row of ${eventId} ${what}`)];
    });
  });
}
