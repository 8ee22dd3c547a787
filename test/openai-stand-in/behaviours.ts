/** What the stand-in can do with a call, right and wrong, as a vendor would. */
import type { ServerResponse } from 'node:http';
import type { Usage } from './usage.ts';

export type Behaviour =
  /** The given object as structured output; a text is sent as it is. */
  | { readonly kind: 'answer'; readonly output: unknown }
  /** The same, later than any caller waits. */
  | { readonly kind: 'late'; readonly output: unknown; readonly afterMs: number }
  /** Never. */
  | { readonly kind: 'hang' }
  /** The connection breaks before the answer, or in its midst. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut_body' }
  /** 200, and no JSON. */
  | { readonly kind: 'broken_json' }
  | { readonly kind: 'html' }
  /** 200 and JSON, but nothing that the API describes. */
  | { readonly kind: 'other_json'; readonly body: unknown }
  | { readonly kind: 'no_text' }
  | { readonly kind: 'two_texts'; readonly output: unknown }
  /** The model met the token cap, declined, or was stopped by a filter. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'content_filter' }
  /** 200, and the run failed. */
  | { readonly kind: 'failed'; readonly code: 'server_error' | 'rate_limit_exceeded' }
  /** Any other status, with an error that quotes the request as the vendor's do. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string };

/** What goes over the wire, or does not. */
type Reply =
  | { readonly kind: 'whole'; readonly status: number; readonly headers: Record<string, string>; readonly text: string }
  | { readonly kind: 'cut'; readonly text: string }
  | { readonly kind: 'never' }
  | { readonly kind: 'reset' };

/** Answers one call. `quoted` is what the customer wrote: a vendor's errors repeat it, and ours must not. */
export function behave(response: ServerResponse, behaviour: Behaviour, usage: Usage, quoted: string): void {
  const reply = replyTo(behaviour, usage, quoted);
  if (behaviour.kind !== 'late') {
    send(response, reply);
    return;
  }
  const timer = setTimeout(() => send(response, reply), behaviour.afterMs);
  response.on('close', () => clearTimeout(timer));
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.kind === 'reset') response.socket?.resetAndDestroy();
  if (reply.kind === 'cut') {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '5000' });
    response.write(reply.text, () => response.socket?.destroy());
  }
  if (reply.kind === 'whole') response.writeHead(reply.status, reply.headers).end(reply.text);
}

const JSON_TYPE = { 'content-type': 'application/json' };

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return { kind: 'whole', status, headers: { ...JSON_TYPE, ...headers }, text: JSON.stringify(body) };
}

function replyTo(behaviour: Behaviour, usage: Usage, quoted: string): Reply {
  const text = (output: unknown) => ({ type: 'output_text', text: asText(output), annotations: [] });
  const ended = (how: object, content: readonly unknown[] = []) => json({ ...bodyOf(usage, content), ...how });
  switch (behaviour.kind) {
    case 'answer':
    case 'late':
      return ended({}, [text(behaviour.output)]);
    case 'hang':
      return { kind: 'never' };
    case 'reset':
      return { kind: 'reset' };
    case 'cut_body':
      return { kind: 'cut', text: JSON.stringify(bodyOf(usage, [])).slice(0, 80) };
    case 'broken_json':
      return { kind: 'whole', status: 200, headers: JSON_TYPE, text: `{"id": "resp_1", "output": [ "${quoted}` };
    case 'html':
      return { kind: 'whole', status: 200, headers: { 'content-type': 'text/html' }, text: `<p>${quoted}</p>` };
    case 'other_json':
      return json(behaviour.body);
    case 'no_text':
      return ended({});
    case 'two_texts':
      return ended({}, [text(behaviour.output), text(behaviour.output)]);
    case 'incomplete':
      return ended({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }, [
        text('{"schema_version":"mw_dec'),
      ]);
    case 'content_filter':
      return ended({ status: 'incomplete', incomplete_details: { reason: 'content_filter' } });
    case 'refusal':
      return ended({}, [{ type: 'refusal', refusal: `I cannot help with "${quoted}"` }]);
    case 'failed':
      return ended({ status: 'failed', error: { code: behaviour.code, message: `failed on "${quoted}"` } });
    case 'status':
      return json(
        { error: { message: `refused: "${quoted}"`, type: 'error', code: null, param: null } },
        behaviour.status,
        {
          ...(behaviour.retryAfter !== undefined && { 'retry-after': behaviour.retryAfter }),
          ...(behaviour.status >= 300 && behaviour.status < 400 && { location: 'http://127.0.0.1:9/elsewhere' }),
        },
      );
    default:
      return behaviour satisfies never;
  }
}

function asText(output: unknown): string {
  return typeof output === 'string' ? output : JSON.stringify(output);
}

/** In the form of the Responses API; a reasoning item comes first, as those models send it. */
function bodyOf(usage: Usage, content: readonly unknown[]) {
  return {
    id: 'resp_standin',
    object: 'response',
    status: 'completed',
    error: null,
    incomplete_details: null,
    output: [
      { id: 'rs_1', type: 'reasoning', summary: [] },
      ...(content.length === 0
        ? []
        : [{ id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content }]),
    ],
    usage: {
      input_tokens: usage.in,
      input_tokens_details: { cached_tokens: usage.cached },
      output_tokens: usage.out,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: usage.in + usage.out,
    },
  };
}
