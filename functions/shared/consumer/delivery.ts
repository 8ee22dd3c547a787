/** What a function can be handed: an event of the bus, a parked envelope, or a schedule. */
import * as v from 'valibot';

/** Travels in the `-later` queue beside the envelope, never on the bus. */
export const Parked = v.object({
  /** Epoch milliseconds of the first parking. */
  firstAt: v.number(),
  count: v.number(),
  totalMs: v.number(),
  /** What this copy was parked for. */
  code: v.optional(v.string()),
  /** Parkings so far, by what they were for. */
  causes: v.optional(v.record(v.string(), v.number())),
});
export type Parked = v.InferOutput<typeof Parked>;

/** How often a copy has been parked for this reason, whatever else it has waited for. */
export function timesParkedFor(parked: Parked | null, code: string): number {
  return parked?.causes?.[code] ?? 0;
}

export type Delivery = {
  readonly detail: unknown;
  readonly detailType: string | null;
  /** Who put it on the bus, as the bus says; `null` for a copy out of a queue. */
  readonly source: string | null;
  readonly replayName: string | null;
  readonly parked: Parked | null;
  /** Which attempt of its later queue this is; Lambda counts those of the bus itself. */
  readonly receives: number;
};

const BusEvent = v.object({
  'detail-type': v.string(),
  source: v.optional(v.string()),
  detail: v.unknown(),
  'replay-name': v.optional(v.string()),
});
const QueueBatch = v.object({
  Records: v.array(
    v.object({ body: v.string(), attributes: v.optional(v.object({ ApproximateReceiveCount: v.string() })) }),
  ),
});
/** Body of a `-later` message: an envelope as it came, or a function's own errand (`look`). */
const LaterBody = v.object({ envelope: v.unknown(), parked: Parked, replayName: v.nullable(v.string()) });

export type Reading =
  | { readonly kind: 'deliveries'; readonly deliveries: readonly Delivery[] }
  | { readonly kind: 'errand'; readonly errand: unknown; readonly receives: number }
  | { readonly kind: 'unreadable' };

/** Reads a Lambda payload; anything else is unreadable and goes to the failure queue. */
export function readPayload(payload: unknown): Reading {
  const event = v.safeParse(BusEvent, payload);
  if (event.success)
    return {
      kind: 'deliveries',
      deliveries: [
        {
          detail: event.output.detail,
          detailType: event.output['detail-type'],
          source: event.output.source ?? null,
          replayName: event.output['replay-name'] ?? null,
          parked: null,
          receives: 1,
        },
      ],
    };
  const batch = v.safeParse(QueueBatch, payload);
  if (!batch.success) return { kind: 'unreadable' };
  const deliveries: Delivery[] = [];
  for (const record of batch.output.Records) {
    const body = parseJson(record.body);
    const receives = Number(record.attributes?.ApproximateReceiveCount ?? 1);
    const errand = v.safeParse(v.object({ errand: v.unknown() }), body);
    if (errand.success && errand.output.errand !== undefined)
      return { kind: 'errand', errand: errand.output.errand, receives };
    const later = v.safeParse(LaterBody, body);
    if (!later.success) return { kind: 'unreadable' };
    deliveries.push({
      detail: later.output.envelope,
      detailType: null,
      source: null,
      replayName: later.output.replayName,
      parked: later.output.parked,
      receives,
    });
  }
  return { kind: 'deliveries', deliveries };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
