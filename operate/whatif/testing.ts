/** A data folder whose audit trail holds given decisions, written as the auditor writes them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { EventName } from '../../events/catalogue.ts';
import type { Decision, DecisionInput } from '../../events/decision.ts';
import { canonicalJson, inputHash } from '../../functions/shared/envelopes.ts';
import { openOwnEngine } from '../../local/aws/dynamodb/own-engine.ts';
import { ensureTable, fullTableName } from '../../local/aws/dynamodb/tables.ts';
import { STAGE } from '../../local/platform/stage.ts';
import { approvedReply, decide } from '../../policy/decide.ts';
import { topology } from '../../stacks/topology.ts';
import { fact } from '../testing.ts';

export type Made = { readonly input: DecisionInput; readonly decision: Decision };
export type Told = Made & { readonly conversationId: string; readonly messageKey: string; readonly nanoUsd?: number };

/** What this release decides on an input. */
export const made = (input: DecisionInput): Made => ({ input, decision: decide(input) });

type TrailFolder = { readonly data: string; remove(): void };

/** @param data  a folder that exists and that nothing runs on */
export function trailFolder(
  decisions: Iterable<Told>,
  data = mkdtempSync(join(tmpdir(), 'frontdesk-trail-')),
): TrailFolder {
  const database = new DatabaseSync(join(data, 'aws.sqlite'));
  const engine = openOwnEngine({ database, accountId: STAGE.accountId, region: STAGE.region, now: Date.now });
  const spec = topology.tables.find(({ name }) => name === 'audit_trail');
  if (spec === undefined) throw new Error('the topology has no trail');
  ensureTable(engine.store, STAGE.env, spec);
  const put = engine.operations.PutItem;
  const TableName = fullTableName(STAGE.env, 'audit_trail');
  database.exec('BEGIN');
  let at = 0;
  for (const told of decisions) {
    at += 1;
    put?.({ TableName, Item: marshall(itemOf(told, at), { removeUndefinedValues: true }) });
  }
  database.exec('COMMIT');
  database.close();
  return { data, remove: () => rmSync(data, { recursive: true, force: true }) };
}

function itemOf({ input, decision, conversationId, messageKey, nanoUsd }: Told, at: number) {
  const name = eventNameOf(input, decision);
  const stated = fact(
    name,
    1,
    {
      input,
      inputHash: inputHash(input),
      decision,
      spend: nanoUsd && { calls: 1, tokensIn: 600, tokensCached: 0, tokensOut: 80, nanoUsd },
    },
    {
      conversationId,
      messageKey,
      eventId: `0194b2c0-0000-7000-9000-${String(at).padStart(12, '0')}`,
      occurredAt: input.now,
    },
  );
  const { metadata, data } = stated;
  return {
    conversation_id: conversationId,
    ts_action_id: `${input.now}#${metadata.eventId}`,
    event_id: metadata.eventId,
    event_name: name,
    recorded_at: input.now,
    envelope: canonicalJson({ metadata, data }),
  };
}

function eventNameOf({ stage }: DecisionInput, decision: Decision): EventName {
  if (stage === 'classification') return 'MessageClassified';
  if (stage === 'approval') return approvedReply(decision) ? 'ReplyApproved' : 'ReplyDenied';
  return approvedReply(decision) ? 'ReplySent' : 'ReplySuppressed';
}
