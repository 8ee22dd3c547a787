/** The forms that the reference leaves open (`unknowns.ts`), laid over what the sandbox knows. */
import { isRecord, type SandboxResponse } from '../http-types.ts';
import { escapeHtml } from '../model/text.ts';
import type { Comment, OrderObject, Ticket } from '../model/types.ts';
import type { Unknowns } from '../unknowns.ts';

type Shape = Record<string, unknown>;

/** The status of a ticket, under its key and in its word. */
export function statusShape({ status }: Ticket, form: Unknowns['statusForm']): Shape {
  switch (form) {
    case 'lower':
      return { status: status.toLowerCase() };
    case 'RESOLVED':
      return { status: status === 'CLOSED' ? 'RESOLVED' : status };
    case 'state':
      return { state: status.toLowerCase() };
    default:
      return { status };
  }
}

/** Who wrote a comment, as far as flags tell it: keys of the comment, and keys of its `via`. */
export function operatorShape(
  isOperator: boolean,
  flag: Unknowns['operatorFlag'],
  value: Unknowns['operatorFlagValue'],
): { readonly own: Shape; readonly via: Shape } {
  const told = value === 'boolean' ? isOperator : value === 'number' ? Number(isOperator) : String(isOperator);
  switch (flag) {
    case 'is_operator':
    case 'isOperator':
      return { own: { [flag]: told }, via: {} };
    case 'via.is_operator':
    case 'via.isOperator':
      return { own: {}, via: { [flag.slice('via.'.length)]: told } };
    case 'sender_type':
      return { own: { sender_type: isOperator ? 'operator' : 'customer' }, via: {} };
    case 'absent':
      return { own: {}, via: {} };
    default:
      return flag satisfies never;
  }
}

export function textShape({ body, htmlBody, plainBody }: Comment, form: Unknowns['commentText']): Shape {
  if (form === 'bodyOnly') return { body };
  return { body, ...(htmlBody === undefined ? {} : { html_body: htmlBody }), plain_body: plainBody };
}

/** Keys of an order that hold an instant (§4.4). */
const TIMES = ['createdAt', 'updatedAt', 'processedAt', 'shippingDate', 'cancelledAt', 'deliveredAt'];

/** An order, or a linkage that holds one, with times and tracking in the forms chosen. */
export function orderShape(order: OrderObject, options: Pick<Unknowns, 'orderTimes' | 'trackingForm'>): OrderObject {
  return Object.fromEntries(Object.entries(order).map(([key, value]) => [key, orderValue(key, value, options)]));
}

function orderValue(key: string, value: unknown, options: Pick<Unknowns, 'orderTimes' | 'trackingForm'>): unknown {
  if (typeof value === 'number' && TIMES.includes(key)) return timeShape(value, options.orderTimes);
  if (Array.isArray(value)) {
    const inner = value.map((one) => orderValue('', one, options));
    // One parcel as an object: live code met it (§4.4).
    return key === 'tracking' && options.trackingForm === 'object' && inner.length === 1 ? inner[0] : inner;
  }
  return isRecord(value) ? orderShape(value, options) : value;
}

function timeShape(ms: number, form: Unknowns['orderTimes']): unknown {
  if (form === 'number' || !Number.isFinite(new Date(ms).getTime())) return ms;
  return form === 'text' ? String(ms) : new Date(ms).toISOString();
}

/** A refusal in the chosen shape (§1.2); anything else stays as it is. */
export function errorForm(response: SandboxResponse, form: Unknowns['errorShape']): SandboxResponse {
  const { status, headers } = response;
  if (status < 400 || form === 'error.message') return response;
  const message = messageOf(response);
  const shapes: Record<Exclude<typeof form, 'error.message'>, { type: string; body: string }> = {
    error: { type: 'application/json', body: JSON.stringify({ error: message }) },
    message: { type: 'application/json', body: JSON.stringify({ message }) },
    html: { type: 'text/html', body: `<html><body><h1>${status}</h1><p>${escapeHtml(message)}</p></body></html>` },
    empty: { type: 'text/plain', body: '' },
  };
  const { type, body } = shapes[form];
  return { ...response, headers: { ...headers, 'content-type': type }, body };
}

function messageOf({ body }: SandboxResponse): string {
  const value: unknown = JSON.parse(body);
  if (!isRecord(value)) return 'Error';
  const { error, message } = value;
  const told = isRecord(error) ? error.message : message;
  return typeof told === 'string' ? told : 'Error';
}
