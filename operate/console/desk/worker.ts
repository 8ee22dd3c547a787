/** A thread of its own for what the console is asked: reading a long trail holds up neither the bus nor the live stream. */
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../../failure.ts';
import { actionNamed } from '../actions.ts';
import type { DeskContext } from './action.ts';
import type { Asked, DeskSettings, Told } from './messages.ts';

const settings = workerData as DeskSettings;
const tell = (told: Told): void => parentPort?.postMessage(told);

parentPort?.on('message', ({ id, name, input, operator }: Asked) => {
  const line = (text: string): void => tell({ id, line: text });
  const context: DeskContext = {
    ...settings,
    isJson: true,
    tell: line,
    note: line,
    ...(operator !== null && { operator }),
  };
  void answer(context, name, input).then(
    (json) => tell({ id, json }),
    (error: unknown) => {
      const { code, message, cure, exitCode } = failureOf(error);
      tell({ id, refused: { code, message, cure }, isMisuse: exitCode === 2 });
    },
  );
});

async function answer(context: DeskContext, name: string, input: unknown): Promise<string> {
  const found = await actionNamed(name)?.run(context, input);
  return found?.pieces === undefined ? JSON.stringify(found?.value ?? null) : [...found.pieces()].join('');
}
