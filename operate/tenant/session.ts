/**
 * The one test that needs writes and a person: on a named test ticket we leave a private note and a message, each with a code
 * of its own, and close. The person answers as the customer with every code they can see.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { reveal } from '../../functions/shared/restricted.ts';
import type { WorkspaceReader } from '../../local/workspace/reader.ts';
import { readTicket } from './sample.ts';
import type { TestWriter } from './writer.ts';

export type SessionResult = {
  readonly channel: 'email' | 'livechat';
  readonly ticketId: string;
  readonly tags: { readonly isTaken: boolean; readonly once: number; readonly unknownCreated: boolean };
  /** Whether the helpdesk took each write. */
  readonly noted: boolean;
  readonly sent: boolean;
  readonly closed: boolean;
  /** Comments of our own seat, as the API tells them. */
  readonly ownComments: number;
  /** What the customer's answer showed; `null` when none came. */
  readonly answer: {
    readonly sawMessage: boolean;
    readonly sawNote: boolean;
    readonly isOpen: boolean;
    /** Epoch milliseconds. */
    readonly at: number;
  } | null;
};

const KNOWN_TAG = 'mw-test';
const UNKNOWN_TAG = 'mw-test-unknown';
const LOOK_MS = 3_000;
const READ_BACKS = 3;
const READ_BACK_MS = 1_000;
/** How long a reopening may lag behind the answer. */
const REOPEN_MS = 5_000;

/** `null` where the ticket cannot be read, or is of a channel that gets no replies. */
export async function runSession(parts: {
  readonly reader: WorkspaceReader;
  readonly writer: TestWriter;
  readonly ticketId: string;
  /** `null`: no message can be sent. */
  readonly seat: string | null;
  readonly waitMs: number;
  readonly timeScale: number;
  readonly tell: (line: string) => void;
}): Promise<SessionResult | null> {
  const { reader, writer, ticketId, seat, waitMs, timeScale, tell } = parts;
  const [lookMs, readBackMs] = [LOOK_MS * timeScale, READ_BACK_MS * timeScale];
  const look = async () => (await readTicket(reader, ticketId, seat))?.ticket ?? null;
  const before = await look();
  if (before === null || (before.channel !== 'email' && before.channel !== 'livechat')) return null;
  const { channel } = before;
  const known = new Set(before.comments.map(({ id }) => id));

  const tags = await tryTags(writer, ticketId, look);
  const [noteCode, messageCode] = [code(), code()];
  const noted = await writer.note(ticketId, `Frontdesk test, private: ${noteCode}`);
  const text = `Frontdesk test. Please answer with every code you can see in this conversation: ${messageCode}`;
  const sent = await send(writer, ticketId, text, channel, seat);
  const closed =
    (await writer.close(ticketId)) && (await isSoon((state) => state?.status === 'closed', READ_BACKS * readBackMs));
  const ownComments = (await look())?.comments.filter(({ author }) => author === 'bot').length ?? 0;

  if (sent)
    tell(`  ${channel}: now answer ticket ${ticketId} as its customer, with every code you see (${waitMs / 1000} s)`);
  const answer = sent ? await awaitAnswer() : null;
  return { channel, ticketId, tags, noted, sent, closed, ownComments, answer };

  async function awaitAnswer(): Promise<SessionResult['answer']> {
    const answers = async () =>
      (await look())?.comments.filter(({ id, author }) => author === 'customer' && !known.has(id)) ?? [];
    const holds = (those: Awaited<ReturnType<typeof answers>>, wanted: string): boolean =>
      those.some(({ text: said }) => reveal(said).includes(wanted));
    const until = performance.now() + waitMs;
    let own = await answers();
    while (!holds(own, messageCode) && performance.now() < until) {
      await sleep(lookMs);
      own = await answers();
    }
    const [first] = own;
    if (first === undefined) return null;
    const isOpen = await isSoon((state) => state?.status === 'open', REOPEN_MS * timeScale);
    // The other code may come in a message of its own.
    await sleep(lookMs);
    own = [...own, ...(await answers())];
    return { sawMessage: holds(own, messageCode), sawNote: holds(own, noteCode), isOpen, at: first.createdAt };
  }

  async function isSoon(test: (state: Awaited<ReturnType<Look>>) => boolean, ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    for (;;) {
      if (test(await look())) return true;
      if (performance.now() >= until) return false;
      await sleep(readBackMs);
    }
  }
}

type Look = () => Promise<{ readonly status: string; readonly tags: readonly string[] } | null>;

async function tryTags(writer: TestWriter, ticketId: string, look: Look): Promise<SessionResult['tags']> {
  const taken = [
    await writer.addTags(ticketId, [KNOWN_TAG]),
    await writer.addTags(ticketId, [KNOWN_TAG]),
    await writer.addTags(ticketId, [UNKNOWN_TAG]),
  ];
  const tags = (await look())?.tags ?? [];
  await writer.removeTags(ticketId, [KNOWN_TAG, UNKNOWN_TAG]);
  return {
    isTaken: taken.every(Boolean),
    once: tags.filter((tag) => tag === KNOWN_TAG).length,
    unknownCreated: tags.includes(UNKNOWN_TAG),
  };
}

/** E-mail goes by send-message, chat by comment (reference §3.4, §3.5). */
async function send(
  writer: TestWriter,
  ticketId: string,
  text: string,
  channel: SessionResult['channel'],
  seat: string | null,
): Promise<boolean> {
  if (channel === 'livechat') return writer.chat(ticketId, text);
  return seat !== null && writer.email(ticketId, text, seat);
}

/** Six digits that no order number of the ticket is likely to be. */
function code(): string {
  return `FD-${randomInt(100_000, 1_000_000)}`;
}
