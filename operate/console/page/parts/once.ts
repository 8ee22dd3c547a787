/** Something that a second click, or an Enter held down, does not do twice. */
import { useRef, useState } from 'preact/hooks';
import { asRefusal, type Refusal } from '../api.ts';

export type Once = {
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
  run(work: () => Promise<void>): void;
  forget(): void;
};

export function useOnce(): Once {
  // The state is seen at the next drawing, and a double click comes before it.
  const busy = useRef(false);
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  return {
    isBusy,
    refusal,
    run(work) {
      if (busy.current) return;
      busy.current = true;
      setIsBusy(true);
      setRefusal(null);
      work()
        .catch((error: unknown) => setRefusal(asRefusal(error)))
        .finally(() => {
          busy.current = false;
          setIsBusy(false);
        });
    },
    forget: () => setRefusal(null),
  };
}
