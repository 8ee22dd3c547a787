/** A function under the name that facts know it by; a consumer that only watches has none, and states nothing. */
import { FUNCTIONS, type FunctionName, type Producer } from '../../events/words.ts';

export function asProducer(name: FunctionName): Producer {
  const known = FUNCTIONS.find((producer) => producer === name);
  if (known === undefined) throw new Error(`${name} states no facts`);
  return known;
}
