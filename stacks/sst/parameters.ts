/// <reference path="../../.sst/platform/config.d.ts" />

import { FIRST_PARAMETERS } from '../topology-flags.ts';
import type { Place } from '../topology-names.ts';

/** The runtime flags with their safe values, once: what an operator sets later stands through every deploy. */
export function createParameters({ env }: Place): void {
  for (const { name, value, meaning } of FIRST_PARAMETERS) {
    new aws.ssm.Parameter(
      `Parameter-${name.replaceAll(/[/_]/g, '-')}`,
      { name: `/frontdesk/${env}/${name}`, type: 'String', value, description: meaning },
      // Who changed a flag, and why, stands in its description.
      { ignoreChanges: ['value', 'insecureValue', 'description'] },
    );
  }
}
