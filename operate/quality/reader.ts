/**
 * What the trail holds of the last weeks, read hour by hour and kept: the newest first, and once each. Hours are those in which facts
 * were written down, so what is new is always in the last ones.
 */
import type { AnyEvent } from '../../events/define-event.ts';
import { leafHour } from '../../functions/shared/audit/leaves.ts';
import { LEAVES_BY_HOUR } from '../../functions/shared/store/tables.ts';
import type { Tables } from '../instance/tables.ts';
import { type Conversation, conversationOf, NAMES, type QualityFact, slimFact } from './message.ts';
import { type Observed, toggledIn } from './observed.ts';

export type Reading = {
  /** Hours read and hours there are to read. */
  readonly hours: number;
  readonly ofHours: number;
  readonly facts: number;
  /** Everything from here on is read; epoch milliseconds, `null` before anything is. */
  readonly backTo: number | null;
};

export type TrailReader = {
  /**
   * Reads what is not read yet. Answers whether anything new was found.
   *
   * @param pause  waited for after every hour that held something, so that whoever waits gets a look at what there is
   */
  catchUp(now: number, pause: () => Promise<void>): Promise<boolean>;
  observed(): Observed;
  reading(): Reading;
};

const HOUR_MS = 3_600_000;
/** Who writes down may be a little behind, and its clock too: the hour before is read again. */
const OPEN_HOURS = 2;
const DAY_HOURS = 24;
/** Deletion on request: what was read of that customer is not to be kept either. */
const FORGETS = 'RecordsDeleted';
const READ: readonly string[] = [...NAMES, FORGETS];

export function createTrailReader(tables: Pick<Tables, 'query'>, spanMs: number): TrailReader {
  let facts = new Map<string, Map<string, QualityFact>>();
  let conversations = new Map<string, Conversation>();
  let toggled = new Map<string, Observed['toggled'][number]>();
  let changed = new Set<string>();
  let known = new Set<string>();
  let done = new Set<number>();
  const forgotten = new Set<string>();
  let count = 0;
  let wanted = 0;
  let first = 0;
  let pruned = Number.POSITIVE_INFINITY;

  function takeIn(fact: AnyEvent): boolean {
    const { eventId, eventName, conversationId } = fact.metadata;
    if (known.has(eventId)) return false;
    known.add(eventId);
    count += 1;
    if (eventName === 'TemplateToggled') {
      for (const one of toggledIn(fact)) toggled.set(eventId, one);
      return true;
    }
    const key = conversationId ?? '';
    const own = facts.get(key) ?? new Map<string, QualityFact>();
    facts.set(key, own);
    own.set(eventId, slimFact(fact));
    changed.add(key);
    return true;
  }

  function forget(): void {
    [facts, conversations, toggled] = [new Map(), new Map(), new Map()];
    [changed, known, done] = [new Set(), new Set(), new Set()];
    count = 0;
  }

  /** What is older than the span is nobody's matter any more. */
  function prune(): void {
    pruned = first;
    for (const [key, own] of facts) {
      const newest = Math.max(...[...own.values()].map(({ metadata }) => Date.parse(metadata.occurredAt)));
      if (newest >= first * HOUR_MS) continue;
      for (const eventId of own.keys()) known.delete(eventId);
      count -= own.size;
      facts.delete(key);
      conversations.delete(key);
    }
    done = new Set([...done].filter((hour) => hour >= first));
  }

  /** Answers whether something was deleted, so that all has to be read again. */
  async function readHour(hour: number, isOpen: boolean): Promise<'new' | 'nothing' | 'deleted'> {
    let found: 'new' | 'nothing' = 'nothing';
    for await (const item of tables.query('audit_trail', questionOf(hour))) {
      const fact = JSON.parse(String(item.envelope)) as AnyEvent;
      const { eventId, eventName } = fact.metadata;
      if (eventName !== FORGETS) {
        if (takeIn(fact)) found = 'new';
      } else if (!forgotten.has(eventId)) {
        forgotten.add(eventId);
        // What is read of older hours is read as it stands after that deletion.
        if (count > 0 && isOpen) return 'deleted';
      }
    }
    return found;
  }

  return {
    async catchUp(now, pause) {
      const newest = Math.floor(now / HOUR_MS);
      first = Math.floor((now - spanMs) / HOUR_MS);
      pruned = Math.min(pruned, first);
      wanted = newest - first + 1;
      let isNew = false;
      if (first >= pruned + DAY_HOURS) prune();
      for (let hour = newest; hour >= first; hour -= 1) {
        if (done.has(hour) && hour <= newest - OPEN_HOURS) continue;
        const found = await readHour(hour, hour > newest - OPEN_HOURS);
        if (found === 'deleted') {
          forget();
          isNew = true;
          hour = newest + 1;
          continue;
        }
        done.add(hour);
        if (found === 'nothing') continue;
        isNew = true;
        await pause();
      }
      return isNew;
    },
    observed() {
      for (const key of changed) conversations.set(key, conversationOf([...(facts.get(key)?.values() ?? [])]));
      changed = new Set();
      const all = [...conversations.values()];
      return {
        messages: all.flatMap(({ messages }) => messages).toSorted((a, b) => a.at - b.at),
        said: all.flatMap(({ said }) => said).toSorted((a, b) => a.at - b.at),
        toggled: [...toggled.values()],
      };
    },
    reading() {
      const hours = [...done].filter((hour) => hour >= first).length;
      const lowest = done.size === 0 ? null : Math.min(...done);
      return {
        hours: Math.min(hours, wanted),
        ofHours: wanted,
        facts: count,
        backTo: lowest === null ? null : lowest * HOUR_MS,
      };
    },
  };
}

function questionOf(hour: number) {
  return {
    IndexName: LEAVES_BY_HOUR,
    KeyConditionExpression: 'leaf_hour = :h',
    FilterExpression: `event_name IN (${READ.map((_, at) => `:n${at}`).join(', ')})`,
    ProjectionExpression: 'envelope',
    ExpressionAttributeValues: {
      ':h': { S: leafHour(hour * HOUR_MS) },
      ...Object.fromEntries(READ.map((name, at) => [`:n${at}`, { S: name }])),
    },
  };
}
