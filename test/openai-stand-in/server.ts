/**
 * OpenAI's Responses and moderations API on this machine, for tests only: it answers as it is told, counts what it has
 * answered in whole, and refuses a request that breaks the rules of decisions §3.1.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Behaviour, behave } from './behaviours.ts';
import { objectionsTo } from './request-rules.ts';
import { BILLED, type Usage, usageOf } from './usage.ts';

export type Seen = {
  readonly kind: 'classify' | 'verify' | 'moderate';
  /** What stood between the markers; of moderation the text. */
  readonly message: string;
  /** The labels above it. */
  readonly labels: Readonly<Record<string, unknown>>;
  /** From 1, of this kind and message. */
  readonly attempt: number;
  readonly body: Readonly<Record<string, unknown>>;
};
export type Told = Seen & {
  readonly behaviour: Behaviour['kind'] | 'refused' | 'moderated';
  /** Everything was sent, and nobody had hung up. */
  arrived: boolean;
};

export type StandIn = Awaited<ReturnType<typeof startStandIn>>;

export const STAND_IN_KEY = 'sk-stand-in-0001';

/**
 * @param plan      what to do with a call
 * @param moderate  body of a moderation answer, or a behaviour
 */
export async function startStandIn(plan: (seen: Seen) => Behaviour, moderate: (seen: Seen) => unknown = () => CLEAN) {
  const told: Told[] = [];
  const counted: Usage[] = [];
  const objections: string[] = [];
  const attempts = new Map<string, number>();
  let serial = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readAll(request);
    const body = JSON.parse(text) as Record<string, unknown>;
    const isModeration = request.url === '/v1/moderations';
    const seen = seenIn(body, isModeration, attempts);
    const found = [...objectionsTo(request, body, isModeration, STAND_IN_KEY)];
    objections.push(...found);
    serial += 1;
    if (found.length > 0) {
      told.push({ ...seen, behaviour: 'refused', arrived: true });
      return behave(response, { kind: 'status', status: 400 }, NOTHING, seen.message);
    }
    if (isModeration) {
      told.push({ ...seen, behaviour: 'moderated', arrived: true });
      const result = moderate(seen);
      if (isBehaviour(result)) return behave(response, result, NOTHING, seen.message);
      return behave(response, { kind: 'other_json', body: result }, NOTHING, seen.message);
    }
    const behaviour = plan(seen);
    const call: Told = { ...seen, behaviour: behaviour.kind, arrived: false };
    told.push(call);
    const usage = usageOf(text.length, serial);
    response.on('finish', () => {
      call.arrived = true;
      // What never arrived in whole the caller cannot know.
      if (BILLED.has(behaviour.kind)) counted.push(usage);
    });
    behave(response, behaviour, usage, seen.message);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      objections.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** Every call, in the order of arrival. */
    told,
    /** What was answered in whole. */
    counted,
    /** What was wrong with requests; nothing, in a run that is right. */
    objections,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const NOTHING: Usage = { in: 0, cached: 0, out: 0 };
/** Nothing flagged. */
export const CLEAN = { id: 'modr_1', results: [{ flagged: false, categories: {}, category_scores: {} }] };

function isBehaviour(value: unknown): value is Behaviour {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

const MARKED = /^<<<message ([0-9a-f]{12})>>>\n([\s\S]*)\n<<<end \1>>>$/m;

function seenIn(body: Record<string, unknown>, isModeration: boolean, attempts: Map<string, number>): Seen {
  const input = isModeration ? String(body.input) : inputTextOf(body);
  const [labelLine = '{}'] = input.split('\n', 1);
  const message = isModeration ? input : (MARKED.exec(input)?.[2] ?? '');
  const kind = isModeration ? 'moderate' : schemaNameOf(body) === 'mw_tier2_verifier_v1' ? 'verify' : 'classify';
  const key = `${kind} ${message.slice(0, 400)}`;
  const attempt = (attempts.get(key) ?? 0) + 1;
  attempts.set(key, attempt);
  return { kind, message, labels: isModeration ? {} : JSON.parse(labelLine), attempt, body };
}

export function inputTextOf(body: Record<string, unknown>): string {
  const [turn] = body.input as { content: { text: string }[] }[];
  return turn?.content[0]?.text ?? '';
}

function schemaNameOf(body: Record<string, unknown>): string {
  return (body.text as { format: { name: string } }).format.name;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
