/** Nothing a customer wrote or is called lies on the bus, in a queue, a log or a table (architecture §8). */
import type { Account } from '../facts.ts';
import { ofKind, type Violation } from './reading.ts';

export function leaks({ facts, resting, canary }: Account): Violation[] {
  const published = ofKind(facts, 'published').map(({ detail, detailType, at }) => ({
    place: `event ${detailType}`,
    text: detail,
    at,
  }));
  const failed = ofKind(facts, 'failure').map(({ body, target, at }) => ({
    place: `failure queue of ${target}`,
    text: body,
    at,
  }));
  const marks = new RegExp(canary, 'i');
  return [...published, ...failed, ...resting.map((lying) => ({ ...lying, at: 0 }))].flatMap(({ place, text, at }) =>
    marks.test(text) ? [{ rule: 'private', at, says: `a customer's words lie in ${place}` }] : [],
  );
}
