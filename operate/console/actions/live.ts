/** What the live view draws. */
import * as v from 'valibot';
import { needsAttention } from '../../health/standing-alarms.ts';
import { readVitalSigns, type VitalSigns } from '../../health/vital-signs.ts';
import { requireInstance } from '../../instance/instance.ts';
import { endpointTables } from '../../instance/tables.ts';
import { action } from '../desk/action.ts';
import { choreographyOf } from '../live/choreography/choreography.ts';
import { drawingOf } from '../live/choreography/drawing.ts';

/** What `status` says of it, without what takes the longer the more was kept: bytes, the last reply. */
export type Vital = Pick<VitalSigns, 'stops' | 'catchingUp' | 'inFlight' | 'deadLetters' | 'breakers' | 'alarms'> & {
  readonly isWell: boolean;
};

export const LIVE_ACTIONS = [
  action({
    name: 'choreography',
    kind: 'read',
    input: v.strictObject({ way: v.picklist(['sideways', 'upright']) }),
    run(_, { way }) {
      const choreography = choreographyOf();
      return { value: { choreography, drawing: drawingOf(choreography, way) } };
    },
  }),
  action({
    name: 'vital-signs',
    kind: 'read',
    input: v.strictObject({}),
    async run(context) {
      const instance = requireInstance(context);
      const tables = endpointTables(instance);
      try {
        const vital = await readVitalSigns(context, instance, tables);
        const { stops, catchingUp, inFlight, deadLetters, breakers, alarms } = vital;
        const isWell = !needsAttention(alarms);
        const value: Vital = { isWell, stops, catchingUp, inFlight, deadLetters, breakers, alarms };
        return { value };
      } finally {
        await tables.close();
      }
    },
  }),
];
