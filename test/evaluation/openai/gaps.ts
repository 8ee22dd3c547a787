/** What a run met that no recording answers: rows left out, and recordings that another prompt made stale. */
import { NotRecorded } from './recorded.ts';

export type Gaps = { unrecorded: number; readonly stale: Set<string> };

export const noGaps = (): Gaps => ({ unrecorded: 0, stale: new Set() });

/** What `act` gives, or `null` where it asked what is not recorded; anything else it throws is thrown on. */
export async function unlessUnrecorded<T>(gaps: Gaps, act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof NotRecorded)) throw error;
    if (error.staleId === null) gaps.unrecorded += 1;
    else gaps.stale.add(error.staleId);
    return null;
  }
}
