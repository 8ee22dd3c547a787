/** A thread of its own for what the console is asked: reading a long trail holds up neither the bus nor the live stream. */
import { parentPort, workerData } from 'node:worker_threads';
import { Failure, failureOf } from '../../failure.ts';
import { seenOnAws } from '../../instance/clients.ts';
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
      const failure = failureOf(error);
      const { code, message, cure, exitCode } = context.target === 'aws' ? seenOnAws(failure) : failure;
      tell({ id, refused: { code, message, cure }, isMisuse: exitCode === 2 });
    },
  );
});

async function answer(context: DeskContext, name: string, input: unknown): Promise<string> {
  const action = actionNamed(name);
  if (context.target === 'aws' && action?.reaches !== 'aws')
    throw new Failure('not_for_a_stage', 'a deployed stage cannot be asked this', 'ask the instance on this machine');
  const found = await action?.run(context, input);
  return found?.pieces === undefined ? JSON.stringify(found?.value ?? null) : [...found.pieces()].join('');
}
