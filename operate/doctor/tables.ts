/** Every table that the topology declares, asked for at the instance that runs. */
import { TABLE_KEYS } from '../../functions/shared/store/tables.ts';
import { Failure } from '../failure.ts';
import type { Instance } from '../instance/instance.ts';
import { cureOfMissing, missingTables } from '../instance/missing-table.ts';
import { type Check, fail, ok } from './check.ts';

const NAME = 'tables';

export async function checkTables(instance: Instance): Promise<Check> {
  try {
    const gone = await missingTables(instance);
    if (gone.length > 0) return fail(NAME, `missing: ${gone.join(', ')}`, cureOfMissing(instance));
    return ok(NAME, `all ${Object.keys(TABLE_KEYS).length} are there`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return fail(NAME, error.message, 'stop the instance and run `npm start` again');
  }
}
