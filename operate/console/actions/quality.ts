/** How well messages are decided, as `quality` tells it; labels are said here as `quality label` says them. */
import { join } from 'node:path';
import * as v from 'valibot';
import { INTENTS, TEAMS } from '../../../events/words.ts';
import { exportLabels, labelMessage, messageText } from '../../commands/quality.ts';
import shipped from '../../quality/generated/shipped-calibration.json' with { type: 'json' };
import { Labeller, readLabels, standingLabels } from '../../quality/labels.ts';
import { eventId } from '../../trail/ids.ts';
import { action } from '../desk/action.ts';
import type { Refused } from '../desk/messages.ts';
import { look, qualitySnapshot } from '../quality/desk.ts';
import type { Snapshot } from '../quality/messages.ts';

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(300));

/** What people said of a message of a queue. */
export type Labelled = {
  readonly by: readonly string[];
  readonly state: 'once' | 'agreed' | 'adjudicated' | 'disputed';
  readonly intent: string | null;
};
export type QualityAnswer = {
  /** `null` while the first reading has shown nothing yet. */
  readonly snapshot: Snapshot | null;
  /** Why the snapshot is not of this moment: the trail could not be read since. */
  readonly refused: Refused | null;
  /** By message, of those in the queues. */
  readonly labelled: Readonly<Record<string, Labelled>>;
  readonly shipped: typeof shipped;
};
export type LabelInput = {
  readonly messageKey: string;
  readonly conversationId: string;
  readonly intent: string;
  readonly tier?: string;
  readonly team?: string;
  readonly by: string;
  readonly adjudicate?: boolean;
};

export const QUALITY_ACTIONS = [
  action({
    name: 'quality',
    kind: 'read',
    input: v.object({}),
    async run(context) {
      const { snapshot, refused } = await qualitySnapshot(context);
      const keys = snapshot?.view.queues.flatMap(({ tickets }) => tickets.map(({ messageKey }) => messageKey)) ?? [];
      return {
        value: { snapshot, refused, labelled: labelsOf(context.dataDir, keys), shipped } satisfies QualityAnswer,
      };
    },
  }),
  action({
    name: 'quality-text',
    kind: 'read',
    input: v.object({ conversationId: Id, messageKey: Id }),
    run: async (context, input) => ({ value: await messageText(context, input) }),
  }),
  action({
    name: 'quality-label',
    kind: 'act',
    input: v.strictObject({
      messageKey: Id,
      conversationId: Id,
      intent: v.picklist(INTENTS),
      tier: v.optional(v.picklist(['0', '1', '2', 'route-only'])),
      team: v.optional(v.picklist(TEAMS)),
      by: Labeller,
      adjudicate: v.optional(v.boolean()),
    }),
    async run(context, { messageKey, conversationId, intent, tier, team, by, adjudicate }) {
      const { value } = await labelMessage(context, messageKey, {
        conversationId,
        intent,
        // Where a sign-in names one, nobody labels as another.
        by: context.operator ?? by,
        ...(tier !== undefined && { tier }),
        ...(team !== undefined && { team }),
        ...(adjudicate !== undefined && { adjudicate }),
      });
      look(context);
      return { value };
    },
  }),
  action({
    name: 'quality-export',
    kind: 'job',
    input: v.strictObject({ agreed: v.boolean() }),
    async run(context, { agreed }) {
      const name = `labels-${Date.now().toString(36)}.jsonl`;
      const { value } = await exportLabels(context, { out: join(context.downloadsDir, name), agreed });
      return { value: { ...Object(value), name } };
    },
  }),
];

function labelsOf(dataDir: string, keys: readonly string[]): Record<string, Labelled> {
  const byKey = new Map(keys.map((key) => [eventId(key), key]));
  return Object.fromEntries(
    standingLabels(readLabels(dataDir)).flatMap(({ messageKey, by, state, label }) => {
      const key = byKey.get(messageKey);
      return key === undefined ? [] : [[key, { by, state, intent: label?.intent ?? null }]];
    }),
  );
}
