/** Parameters that remember when each value was set, as Parameter Store does. */
import type { Clock } from '../../../functions/shared/ports.ts';

export type ParameterVersion = { readonly at: number; readonly name: string; readonly value: string };

/** What stands in `initial` counts as set at once; a value set again is no new version. */
export class RecordedParameters extends Map<string, string> {
  readonly versions: ParameterVersion[] = [];
  readonly #clock: Pick<Clock, 'now'>;

  constructor(initial: ReadonlyMap<string, string>, clock: Pick<Clock, 'now'>) {
    super();
    this.#clock = clock;
    for (const [name, value] of initial) this.set(name, value);
  }

  override set(name: string, value: string): this {
    if (this.get(name) !== value) this.versions.push({ at: this.#clock.now(), name, value });
    return super.set(name, value);
  }
}
