/** A bare TCP connection to the front, so that nothing repairs what is sent. */
import { connect, type Socket } from 'node:net';

export type Heard = { readonly status: number; readonly body: string };

const WAIT_MS = 30_000;

/** Sends one request after another on one connection; opens a new one when the server closed it. */
export function keptConnection(port: number): { ask(bytes: Buffer, isHead: boolean): Promise<Heard>; end(): void } {
  let socket: Socket | undefined;
  return {
    async ask(bytes, isHead) {
      if (socket === undefined || socket.destroyed || socket.readableEnded) socket = await open(port);
      const heard = await exchange(socket, bytes, (text) => answerIn(text, isHead));
      if (heard === undefined || heard.isLast) {
        socket.destroy();
        socket = undefined;
      }
      if (heard === undefined) throw new Error('the server closed the connection without an answer');
      return heard;
    },
    end: () => void socket?.destroy(),
  };
}

/** Sends bytes on a connection of their own; `null` when the server closes without a word, or we cut it. */
export async function shout(port: number, bytes: Buffer, isCut: boolean): Promise<Heard | null> {
  const socket = await open(port);
  if (isCut) {
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    socket.destroy();
    return null;
  }
  const heard = await exchange(socket, bytes, (text) => answerIn(text, false), true);
  socket.destroy();
  return heard ?? null;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    // A reset may follow an answer; nobody waits for it by then.
    socket.on('error', reject);
  });
}

type Answer = Heard & { readonly isLast: boolean };

/** @param isLast  nothing more is sent: what has begun and is not whole ends there */
function exchange(
  socket: Socket,
  bytes: Buffer,
  read: (text: string) => Answer | undefined,
  isLast = false,
): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => done(() => reject(new Error(`no answer in ${WAIT_MS / 1000} s`))), WAIT_MS);
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      socket.off('data', onData).off('close', onEnd).off('end', onEnd).off('error', onEnd);
      settle();
    };
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const answer = read(text);
      if (answer !== undefined) done(() => resolve(answer));
    };
    const onEnd = (): void => done(() => resolve(read(text)));
    socket.on('data', onData).on('close', onEnd).on('end', onEnd).on('error', onEnd);
    if (isLast) socket.end(bytes);
    else socket.write(bytes);
  });
}

/** The final answer, once it is whole; interim ones are passed over. */
function answerIn(text: string, isHead: boolean): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
  if (status === 100) return answerIn(text.slice(end + 4), isHead);
  const length = isHead ? 0 : Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const body = text.slice(end + 4);
  if (body.length < length) return undefined;
  return { status, body: body.slice(0, length), isLast: /\r\nconnection: close/i.test(head) };
}
