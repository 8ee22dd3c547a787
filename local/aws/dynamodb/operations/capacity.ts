/** ConsumedCapacity: what a request would cost in the cloud. Writes to indexes are not counted. */
import { choice, type Request } from '../requests/read-request.ts';

const READ_BYTES = 4096;
const WRITE_BYTES = 1024;

export function readUnits(bytes: number, isConsistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / READ_BYTES)) * (isConsistent ? 1 : 0.5);
}

/** The larger of the item before and after decides. */
export function writeUnits(bytesBefore: number, bytesAfter: number): number {
  return Math.max(1, Math.ceil(Math.max(bytesBefore, bytesAfter) / WRITE_BYTES));
}

/** Ready to be spread into an answer: empty unless the request asks for it. */
export function consumedCapacity(
  request: Request,
  tableName: string,
  units: number,
  index?: { readonly name: string; readonly isGlobal: boolean },
): object {
  const wanted = choice(request, 'ReturnConsumedCapacity', ['NONE', 'TOTAL', 'INDEXES']);
  return wanted === 'NONE' ? {} : { ConsumedCapacity: capacity(wanted, tableName, units, index) };
}

/** The same for a batch: one entry a table. */
export function batchCapacity(request: Request, unitsByTable: ReadonlyMap<string, number>): object {
  const wanted = choice(request, 'ReturnConsumedCapacity', ['NONE', 'TOTAL', 'INDEXES']);
  if (wanted === 'NONE') return {};
  return { ConsumedCapacity: [...unitsByTable].map(([name, units]) => capacity(wanted, name, units)) };
}

function capacity(
  wanted: 'TOTAL' | 'INDEXES',
  TableName: string,
  CapacityUnits: number,
  index?: { readonly name: string; readonly isGlobal: boolean },
): object {
  if (wanted === 'TOTAL') return { TableName, CapacityUnits };
  if (index === undefined) return { TableName, CapacityUnits, Table: { CapacityUnits } };
  const list = index.isGlobal ? 'GlobalSecondaryIndexes' : 'LocalSecondaryIndexes';
  return { TableName, CapacityUnits, Table: { CapacityUnits: 0 }, [list]: { [index.name]: { CapacityUnits } } };
}
