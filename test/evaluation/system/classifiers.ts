/** The classifiers that an evaluation can ask, each with the system around it. */
import { keywordClassifier } from '../../../functions/shared/classifier/keyword.ts';
import type { OpenAiTransport } from '../../../functions/shared/openai/transport.ts';
import type { Classifier, Clock } from '../../../functions/shared/ports.ts';
import { embeddedVerifier } from '../../../functions/shared/verifier/embedded.ts';
import { openAiPortsOver } from '../openai/ports.ts';
import { recordedTransport } from '../openai/recorded.ts';
import { readRecordings } from '../openai/recordings.ts';
import { type Setting, shippedSetting } from './setting.ts';
import type { System } from './system.ts';

export const CLASSIFIER_NAMES = ['embedded', 'openai'] as const;
export type ClassifierName = (typeof CLASSIFIER_NAMES)[number];

/** The one switch: `embeddedClassifier` of `functions/shared/classifier/embedded.ts` belongs here. */
const EMBEDDED: Classifier = keywordClassifier;

export type Equipped = {
  readonly system: System;
  readonly versions: Readonly<Record<string, string>>;
  /** Share of real recordings among the answers used; `null` where no recording was asked. */
  readonly realShare: () => number | null;
};

export async function systemFor(name: ClassifierName): Promise<Equipped> {
  const setting = await shippedSetting();
  if (name === 'openai') {
    const { transport, realShare } = recordedTransport(readRecordings());
    const system = openAiSystem(setting, transport);
    const { asks } = system.classifier;
    const versions = { model: asks?.model ?? '', prompt: asks?.prompt ?? '', promptSha256: asks?.promptSha256 ?? '' };
    return { system, versions, realShare };
  }
  const system = { setting, classifier: EMBEDDED, verifier: embeddedVerifier, standIn: null, clock };
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
  return { setting, ...openAiPortsOver(transport, setting.config, time), standIn: EMBEDDED, clock };
}

const clock = (): number => performance.now();
