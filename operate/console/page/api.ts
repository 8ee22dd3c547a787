/** Questions to the console's server: the commands of the command line, as JSON. */
import { useEffect, useState } from 'preact/hooks';
import { keepLooking } from './looking.ts';

export class Refusal extends Error {
  readonly code: string;
  readonly cure: string;
  constructor(code: string, message: string, cure: string) {
    super(message);
    this.code = code;
    this.cure = cure;
  }
}

/** @throws Refusal with what is wrong and what to do about it */
export async function read<T>(name: string, input: Readonly<Record<string, string>> = {}): Promise<T> {
  const query = new URLSearchParams(input).toString();
  return take<T>(await reach(`/api/${name}${query === '' ? '' : `?${query}`}`, {}));
}

/** Changes something. @throws Refusal */
export async function act<T>(name: string, input: unknown): Promise<T> {
  return take<T>(
    await reach(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    }),
  );
}

/** Begins what takes long and answers its number; progress comes over the stream (`jobs`). @throws Refusal */
export async function begin(name: string, input: unknown): Promise<number> {
  return (await act<{ job: number }>(name, input)).job;
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch {
    throw new Refusal('unreachable', 'the console does not answer', 'see whether `npm start` still runs');
  }
}

async function take<T>(response: Response): Promise<T> {
  if (response.status === 401)
    throw new Refusal('signed_out', 'this link is over', 'open the console link that `npm start` printed last');
  const value = (await response.json()) as T & { error?: { code: string; message: string; cure: string } };
  if (response.ok) return value;
  const {
    code = 'unexpected',
    message = `the console answered ${response.status}`,
    cure = 'reload the page',
  } = value.error ?? {};
  throw new Refusal(code, message, cure);
}

export type Asked<T> = {
  readonly value: T | null;
  readonly refusal: Refusal | null;
  readonly isLoading: boolean;
  again(): void;
};

/**
 * Reads when the component appears and whenever the input changes; the last value stays while the next is read.
 *
 * @param everyMs  reads again after so long, as long as the page is seen, and when it is seen again
 */
export function useRead<T>(
  name: string,
  input: Readonly<Record<string, string>> | null = {},
  { everyMs }: { readonly everyMs?: number } = {},
): Asked<T> {
  const [state, setState] = useState<Omit<Asked<T>, 'again'>>({ value: null, refusal: null, isLoading: true });
  const [turn, setTurn] = useState(0);
  const key = input === null ? null : JSON.stringify(input);
  useEffect(() => {
    // `turn` counts the wishes to read again.
    if (key === null || turn < 0) return;
    let isCurrent = true;
    const once = (): void => {
      setState((before) => ({ ...before, isLoading: true }));
      read<T>(name, JSON.parse(key) as Record<string, string>).then(
        (value) => isCurrent && setState({ value, refusal: null, isLoading: false }),
        (error: unknown) =>
          isCurrent && setState((before) => ({ ...before, refusal: asRefusal(error), isLoading: false })),
      );
    };
    const end = keepLooking(once, everyMs);
    return () => {
      isCurrent = false;
      end();
    };
  }, [name, key, everyMs, turn]);
  return { ...state, again: () => setTurn((before) => before + 1) };
}

export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal('unexpected', 'the page failed at this', 'reload the page');
}
