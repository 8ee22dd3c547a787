/** A transport that answers from recordings: the adapter, its parsing and its checks run as they do over the network. */
import type { OpenAiTransport } from '../../../functions/shared/openai/transport.ts';
import { fingerprintOf, type Recording } from './recordings.ts';

/** There is no answer to what is asked. Never a vendor's error: nothing may fall back on it. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded';
  /** Id of the recording that another prompt, schema or model was asked for; `null` where nothing was recorded. */
  readonly staleId: string | null;
  constructor(staleId: string | null) {
    super(staleId === null ? 'not recorded' : `stale recording ${staleId}`);
    this.staleId = staleId;
  }
}

export type Recorded = {
  readonly transport: OpenAiTransport;
  /** Share of the real recordings among those asked; `null` before any was. */
  realShare(): number | null;
};

export function recordedTransport(recordings: readonly Recording[]): Recorded {
  const fresh = new Map(recordings.map((one) => [`${one.promptSha256} ${one.inputSha256}`, one]));
  const byInput = new Map(recordings.map((one) => [`${one.id.split('/').at(-1)} ${one.inputSha256}`, one]));
  const asked = new Map<Recording, number>();
  return {
    transport: async (call) => {
      const { promptSha256, inputSha256, schema } = fingerprintOf(call);
      const recording = fresh.get(`${promptSha256} ${inputSha256}`);
      if (recording === undefined) throw new NotRecorded(byInput.get(`${schema} ${inputSha256}`)?.id ?? null);
      const attempt = asked.get(recording) ?? 0;
      asked.set(recording, attempt + 1);
      return structuredClone(recording.answers[attempt] ?? recording.answers.at(-1));
    },
    realShare() {
      const used = [...asked.keys()];
      return used.length === 0 ? null : used.filter(({ authored }) => !authored).length / used.length;
    },
  };
}
