/** Hostile requests through the whole handler on memory ports, each held against the oracle. */
import fc from 'fast-check';
import { decodeVendorId } from '../../../functions/shared/vendor-ids.ts';
import { type Batch, inBatches, type Tally } from './batches.ts';
import { type Judged, judge, type Verdict } from './oracle.ts';
import { UNKNOWN_VALUE } from './payloads.ts';
import { type FuzzRequest, requestsFor } from './requests.ts';
import { ALL_SECRETS, type Answer, readFact, type Stage, stageOf } from './stage.ts';

/** Requests for one world; the next gets a fresh one. */
const BATCH = 2_000;

/**
 * Throws with seed, path and the smallest request at the first wrong answer, exception, 5xx, forgery or trace of what must not be
 * kept. The methods take turns, batch by batch.
 */
export async function fuzzInProcess(count: number, seed: number, onBatch?: (done: number) => void): Promise<Tally> {
  const tally: Tally = new Map();
  const run = async (batch: Batch): Promise<void> => {
    const stage = stageOf(batch.method);
    const property = fc.asyncProperty(requestsFor(stage.method), (request) => shoot(stage, request, tally));
    await fc.assert(property, { seed: batch.seed, numRuns: batch.size, endOnFailure: true });
    assertNothingKept(stage);
  };
  await inBatches({ count, seed, size: BATCH }, run, onBatch);
  return tally;
}

async function shoot(stage: Stage, request: FuzzRequest, tally: Tally): Promise<void> {
  const event = eventOf(request);
  const before = stage.facts().length;
  const answer = await stage.handle(event);
  const verdict = judge(stage.method, judgedOf(request, event));
  assertAnswer(verdict, answer);
  const news = stage.facts().slice(before);
  const said = String(JSON.parse(answer.body).status ?? JSON.parse(answer.body).error);
  if (news.length !== (said === 'accepted' ? 1 : 0)) throw new Error(`${said}, and ${news.length} facts`);
  for (const fact of news) {
    const { metadata, data } = readFact(fact);
    if (data.authMethod !== stage.method) throw new Error('the fact states another method');
    if (verdict.status !== 200 || decodeVendorId(metadata.conversationId ?? '') !== verdict.id)
      throw new Error('the fact is about another ticket');
  }
  tally.set(`${answer.statusCode} ${said}`, (tally.get(`${answer.statusCode} ${said}`) ?? 0) + 1);
}

export function assertAnswer(verdict: Verdict, answer: Answer): void {
  const { status, error } = JSON.parse(answer.body) as { status?: string; error?: string };
  const isTaken = status === 'accepted' || status === 'duplicate';
  const said = isTaken ? 'taken' : (status ?? error);
  if (answer.statusCode !== verdict.status || said !== verdict.says)
    throw new Error(`answered ${answer.statusCode} ${said}, and ${verdict.status} ${verdict.says} is right`);
}

/** What API Gateway would hand over. */
function eventOf({ method, path, query, headers, body, base64 }: FuzzRequest) {
  const encoded = body.toString('base64');
  return {
    rawPath: path,
    rawQueryString: query,
    headers,
    body: base64 === null ? body.toString('utf8') : base64 === 'exact' ? encoded : spoilt(encoded),
    isBase64Encoded: base64 !== null,
    requestContext: { http: { method } },
  };
}

const spoilt = (base64: string): string => (base64.length % 2 === 0 ? `${base64}\n` : `-${base64}`);

function judgedOf(
  { method, path, query, headers, body, base64 }: FuzzRequest,
  event: { readonly body: string },
): Judged {
  const request = { method, path, query, headers };
  if (base64 === null) {
    const bytes = Buffer.from(event.body, 'utf8');
    return { ...request, body: bytes, size: bytes.length };
  }
  // Four characters for three bytes; what is longer than 32 KB can be is not decoded.
  const letters = event.body.replace(/={1,2}$/, '').length;
  const size = event.body.length > Math.ceil(32_768 / 3) * 4 ? Number.POSITIVE_INFINITY : Math.floor((letters * 3) / 4);
  return { ...request, body: base64 === 'exact' ? body : null, size };
}

function assertNothingKept(stage: Stage): void {
  const kept = `${stage.facts().join('\n')}\n${JSON.stringify(stage.lines())}`;
  const leak = [...ALL_SECRETS, UNKNOWN_VALUE].find((text) => kept.includes(text));
  if (leak !== undefined)
    throw new Error(`${stage.method}: kept ${leak === UNKNOWN_VALUE ? 'an unknown field' : 'a secret'}`);
  if (Object.hasOwn(Object.prototype, 'polluted')) throw new Error('a prototype was polluted');
}
