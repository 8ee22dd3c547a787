/** What the answer of a command is shown on: how wide it is, and whether it takes colours. Of one run, not of the process. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { styleText } from 'node:util';

export type Screen = {
  /** `null` where nobody looks at lines: a pipe, a file, a program. */
  readonly columns: number | null;
  readonly hasColours: boolean;
};

type Run = Partial<Screen> & {
  /** Commands in a text, as they have to be typed here: what a table measures is what is printed. */
  readonly shown: (text: string) => string;
};

export const PLAIN: Screen = { columns: null, hasColours: false };
const inForce = new AsyncLocalStorage<Run>();

export const onScreen = <T>(run: Run, command: () => Promise<T>): Promise<T> => inForce.run(run, command);
export const screenColumns = (): number | null => inForce.getStore()?.columns ?? null;
export const asShown = (text: string): string => inForce.getStore()?.shown(text) ?? text;

/** Of this process: NO_COLOR, FORCE_COLOR and what the terminal can do are asked of Node. */
export function ownScreen(stream: NodeJS.WriteStream = process.stdout): Screen {
  return {
    columns: stream.isTTY && stream.columns > 0 ? stream.columns : null,
    hasColours: styleText('red', 'x', { stream }) !== 'x',
  };
}

const TONES = { good: 'green', bad: 'red', doubtful: 'yellow' } as const;
export type Tone = keyof typeof TONES;

/** Colour says again what the word says: who sees none misses nothing. */
export function toned(text: string, tone: Tone): string {
  return inForce.getStore()?.hasColours ? styleText(TONES[tone], text, { validateStream: false }) : text;
}
