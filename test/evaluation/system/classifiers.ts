/** The classifiers that an evaluation can ask, each with the system around it. */
import { embeddedJudges } from '../../../functions/shared/embedded/judges.ts';
import type { OpenAiTransport } from '../../../functions/shared/openai/transport.ts';
import type { Clock } from '../../../functions/shared/ports.ts';
import { openAiPortsOver } from '../openai/ports.ts';
import { recordedTransport } from '../openai/recorded.ts';
import { readRecordings } from '../openai/recordings.ts';
import { GOLDEN_FILE } from '../options.ts';
import { type Setting, settingOf } from './setting.ts';
import { configFor } from './shop.ts';
import type { System } from './system.ts';

export const CLASSIFIER_NAMES = ['embedded', 'openai'] as const;
export type ClassifierName = (typeof CLASSIFIER_NAMES)[number];

const EMBEDDED = embeddedJudges();

export type Equipped = {
  readonly system: System;
  readonly versions: Readonly<Record<string, string>>;
  /** Share of real recordings among the answers used; `null` where no recording was asked. */
  readonly realShare: () => number | null;
};

/** @param data  File of the rows that will be judged. */
export async function systemFor(name: ClassifierName, data = GOLDEN_FILE): Promise<Equipped> {
  const setting = await settingOf(configFor(data));
  if (name === 'openai') {
    const { transport, realShare } = recordedTransport(readRecordings());
    const system = openAiSystem(setting, transport);
    const { asks } = system.classifier;
    const versions = { model: asks?.model ?? '', prompt: asks?.prompt ?? '', promptSha256: asks?.promptSha256 ?? '' };
    return { system, versions, realShare };
  }
  const system = { setting, ...EMBEDDED, standIn: null, clock };
  return { system, versions: {}, realShare: () => null };
}

/**
 * `openai` over a transport, with `embedded` to stand in.
 *
 * @param time  over recordings nothing waits: no answer gets better by it
 */
export function openAiSystem(
  setting: Setting,
  transport: OpenAiTransport,
  time: Pick<Clock, 'monotonic' | 'sleep'> = { monotonic: clock, sleep: async () => {} },
): System {
  return { setting, ...openAiPortsOver(transport, setting.config, time), standIn: EMBEDDED.classifier, clock };
}

const clock = (): number => performance.now();
