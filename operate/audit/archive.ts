/** From archived events to what a record is compared with. Pure. */
import { createHash } from 'node:crypto';
import { EVENT_NAMES } from '../../events/catalogue.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import { asStated } from '../../functions/shared/audit/as-stated.ts';
import { openDelivery } from '../../functions/shared/consumer/opening.ts';
import { canonicalJson } from '../../functions/shared/envelopes.ts';
import type { ArchivedFact } from './evidence.ts';

const LIVE = { replayName: null, parked: null, receives: 1 } as const;
const KEPT_WHOLE: readonly string[] = ['AuditSealed', 'RecordsDeleted'];

/** Collects facts out of archived events, as often as each is given; what the auditor would refuse is no fact. */
export function factCollector() {
  const facts = new Map<string, ArchivedFact>();
  return {
    facts,
    /** @param source  who put it on the bus; one that is not its producer stated no fact */
    add(detailType: string, detail: unknown, source: string | null = null): void {
      const opened = openDelivery(EVENT_NAMES, { detail, detailType, source, ...LIVE }, 0, false);
      if (!opened.ok) return;
      const { metadata } = opened.event;
      const known = facts.get(metadata.eventId);
      // As this release reads it, as it records it, and as it was stated: an older release recorded what it read.
      const copies = [opened.event, asStated(opened.event), detail].map((one) => digest(canonicalJson(one)));
      facts.set(metadata.eventId, {
        conversationId: metadata.conversationId,
        occurredAt: metadata.occurredAt,
        copies: [...new Set([...(known?.copies ?? []), ...copies])],
        whole: known?.whole ?? (KEPT_WHOLE.includes(metadata.eventName) ? opened.event : null),
      });
    },
  };
}

const digest = (canonical: string): string => createHash('sha256').update(canonical).digest('hex');

/** Does the archive hold this very fact? */
export const vouchesFor = ({ copies }: ArchivedFact, fact: AnyEvent): boolean =>
  copies.includes(digest(canonicalJson(fact)));

/** A fact of its own as its row has it: stored before it was published, at whatever time that was. */
export const asStored = ({ metadata, data }: AnyEvent): string =>
  canonicalJson({ metadata: { ...metadata, publishedAt: metadata.occurredAt }, data });
