/**
 * What stands in a dead-letter or a failure queue, whichever of three forms it has: an event that the bus could not deliver, a
 * record of Lambda's, an envelope that a function refused (platform §5.3). Pure. Keeps ids and codes for people to see; the
 * body itself may hold anything, so it goes back whole or not at all.
 */
import * as v from 'valibot';
import { TolerantMetadata } from '../../events/define-event.ts';
import type { Metadata } from '../../events/envelope.ts';
import type { FunctionName } from '../../events/words.ts';
import { readPayload } from '../../functions/shared/consumer/delivery.ts';
import { FUNCTION_SETTINGS } from '../../functions/shared/function-settings.ts';

/** As SQS hands it over. */
export type Raw = {
  readonly id: string;
  readonly queue: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly sentAt: number;
};

/** What a function would be handed again. */
export type Work =
  | {
      readonly kind: 'envelope';
      readonly envelope: unknown;
      /** Who put it on the bus, as the bus said; `null` where the letter does not tell. */
      readonly source: string | null;
      readonly replayName: string | null;
    }
  | { readonly kind: 'errand'; readonly errand: unknown };

export type Letter = {
  readonly id: string;
  readonly queue: string;
  readonly function: FunctionName;
  /** `undelivered`: the bus could not hand it over. `failed`: the function could not finish it. */
  readonly kind: 'undelivered' | 'failed';
  readonly sentAt: number;
  /** A code; `unknown` where none was told. */
  readonly cause: string;
  readonly attempts: number;
  /** One as a rule; a batch of a later queue may hold more. */
  readonly work: readonly Work[];
  /** Of the first envelope; `null` where it cannot be read. */
  readonly metadata: Metadata | null;
};

const CODE = /^[A-Za-z][A-Za-z0-9_.]{0,79}$/;
const FailureRecord = v.object({
  requestContext: v.object({ condition: v.string(), approximateInvokeCount: v.number() }),
  requestPayload: v.unknown(),
  responsePayload: v.optional(v.object({ errorType: v.optional(v.string()), errorMessage: v.optional(v.string()) })),
});
const Envelope = v.object({ metadata: v.unknown(), data: v.unknown() });
/** Refused out of a replay, by a function of ours. */
const Replayed = v.object({ envelope: Envelope, replayName: v.string() });
const Errand = v.object({ errand: v.unknown() });

/** `null` for a queue that belongs to no function of ours. */
export function readLetter(raw: Raw): Letter | null {
  const [, name, suffix] = /^frontdesk-[a-z0-9]+-(.+)-(dlq|failures)$/.exec(raw.queue) ?? [];
  const owner = FUNCTION_SETTINGS.find((one) => one.name === name)?.name;
  if (owner === undefined) return null;
  const { work, cause, attempts } = contentOf(raw);
  const [first] = work;
  const metadata = first?.kind === 'envelope' ? metadataOf(first.envelope) : null;
  const kind = suffix === 'dlq' ? 'undelivered' : 'failed';
  return { id: raw.id, queue: raw.queue, function: owner, kind, sentAt: raw.sentAt, cause, attempts, work, metadata };
}

function contentOf({ body, attributes }: Raw): Pick<Letter, 'work' | 'cause' | 'attempts'> {
  const content = parseJson(body);
  const record = v.safeParse(FailureRecord, content);
  if (record.success) {
    const { requestContext, requestPayload, responsePayload } = record.output;
    const cause = codeIn(responsePayload?.errorMessage, responsePayload?.errorType, requestContext.condition);
    return { work: workIn(requestPayload), cause, attempts: requestContext.approximateInvokeCount };
  }
  const cause = codeIn(attributes.cause, attributes.EXHAUSTED_RETRY_CONDITION, attributes.ERROR_CODE);
  return { work: workIn(content), cause, attempts: 1 + (Number(attributes.RETRY_ATTEMPTS ?? 0) || 0) };
}

/** The first that is a code: whatever else stands there was somebody else's text. */
function codeIn(...told: readonly (string | undefined)[]): string {
  const code = told.find((text) => text !== undefined && CODE.test(text)) ?? 'unknown';
  return code
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

function workIn(content: unknown): Work[] {
  const envelope = v.safeParse(Envelope, content);
  if (envelope.success) return [{ kind: 'envelope', envelope: content, source: null, replayName: null }];
  const replayed = v.safeParse(Replayed, content);
  if (replayed.success)
    return [
      {
        kind: 'envelope',
        envelope: replayed.output.envelope,
        source: null,
        replayName: replayed.output.replayName,
      },
    ];
  const errand = v.safeParse(Errand, content);
  if (errand.success && errand.output.errand !== undefined) return [{ kind: 'errand', errand: errand.output.errand }];
  const reading = readPayload(content);
  if (reading.kind === 'errand') return [{ kind: 'errand', errand: reading.errand }];
  if (reading.kind === 'unreadable') return [];
  return reading.deliveries.map(({ detail, source, replayName }) => ({
    kind: 'envelope',
    envelope: detail,
    source,
    replayName,
  }));
}

function metadataOf(envelope: unknown): Metadata | null {
  const opened = v.safeParse(Envelope, envelope);
  const metadata = v.safeParse(TolerantMetadata, opened.success ? opened.output.metadata : null);
  return metadata.success ? metadata.output : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
