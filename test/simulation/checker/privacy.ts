/** Nothing a customer wrote or is called lies on the bus, in a queue, a log or a table (architecture §8). */
import { blame, ofKind, type Reading, type Violation } from './reading.ts';

export function leaks({ account: { facts, resting, canary } }: Reading): Violation[] {
  const marks = new RegExp(canary, 'i');
  const leak = (at: number, place: string) => blame('private', at, null, `a customer's words lie in ${place}`);
  return [
    ...ofKind(facts, 'published')
      .filter(({ detail }) => marks.test(detail))
      .map(({ at, detailType }) => leak(at, `event ${detailType}`)),
    ...ofKind(facts, 'failure')
      .filter(({ body }) => marks.test(body))
      .map(({ at, target }) => leak(at, `the failure queue of ${target}`)),
    ...resting.filter(({ text }) => marks.test(text)).map(({ place }) => leak(0, place)),
  ];
}
