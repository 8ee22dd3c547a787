/** What the live view draws. */
import * as v from 'valibot';
import { action } from '../desk/action.ts';
import { choreographyOf } from '../live/choreography/choreography.ts';
import { drawingOf } from '../live/choreography/drawing.ts';

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
];
