/** A thread for one run over the trail, so that no page waits for it; it ends with its answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../../failure.ts';
import type { DeskContext } from '../desk/action.ts';
import type { DeskSettings, Refused } from '../desk/messages.ts';
import { judgeRun, type Run, type RunInput } from './judge.ts';

export type RunTask = { readonly settings: DeskSettings; readonly input: RunInput };
export type RunTold =
  | { readonly line: string }
  | { readonly run: Run }
  | { readonly refused: Refused; readonly isMisuse: boolean };

const { settings, input } = workerData as RunTask;
const tell = (told: RunTold): void => parentPort?.postMessage(told);
const line = (text: string): void => tell({ line: text });
const context: DeskContext = { ...settings, isJson: true, tell: line, note: line };

void judgeRun(context, input).then(
  (run) => tell({ run }),
  (error: unknown) => {
    const { code, message, cure, exitCode } = failureOf(error);
    tell({ refused: { code, message, cure }, isMisuse: exitCode === 2 });
  },
);
