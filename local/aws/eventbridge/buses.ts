/** Event buses. */
import type { DatabaseSync } from 'node:sqlite';
import { AwsError, type AwsOperation } from '../service.ts';
import type { Arns } from './arns.ts';
import { busNameOf, defined, epochSeconds, notFound, optionalText, paginate, requiredName } from './input.ts';

type BusRow = { name: string; description: string | null; created_at: number; modified_at: number };

export type Buses = {
  /** Throws ResourceNotFoundException. */
  require(name: string): void;
  exists(name: string): boolean;
  readonly operations: Readonly<Record<'CreateEventBus' | 'DescribeEventBus' | 'ListEventBuses', AwsOperation>>;
};

export function createBuses(context: { database: DatabaseSync; arns: Arns; now: () => number }): Buses {
  const { database, arns } = context;
  const select = database.prepare('SELECT * FROM eb_bus WHERE name = ?');
  const selectAll = database.prepare('SELECT * FROM eb_bus ORDER BY name');
  const insert = database.prepare(
    'INSERT INTO eb_bus (name, description, created_at, modified_at) VALUES (?, ?, ?, ?)',
  );

  const find = (name: string) => select.get(name) as BusRow | undefined;
  const describe = (row: BusRow) =>
    defined({
      Name: row.name,
      Arn: arns.bus(row.name),
      Description: row.description,
      CreationTime: epochSeconds(row.created_at),
      LastModifiedTime: epochSeconds(row.modified_at),
    });
  const requireRow = (name: string) => {
    const row = find(name);
    if (row === undefined) throw notFound('Event bus');
    return row;
  };

  return {
    require: (name) => void requireRow(name),
    exists: (name) => find(name) !== undefined,
    operations: {
      CreateEventBus(input) {
        const name = requiredName(input, 'Name', 256);
        if (find(name) !== undefined) {
          throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
        }
        const description = optionalText(input, 'Description');
        const now = context.now();
        insert.run(name, description ?? null, now, now);
        return defined({ EventBusArn: arns.bus(name), Description: description });
      },
      DescribeEventBus: (input) => describe(requireRow(busNameOf(input, 'Name'))),
      ListEventBuses(input) {
        const prefix = optionalText(input, 'NamePrefix', 256) ?? '';
        const rows = (selectAll.all() as BusRow[]).filter((row) => row.name.startsWith(prefix));
        const { page, token } = paginate(rows, input, (row) => row.name);
        return { EventBuses: page.map(describe), ...token };
      },
    },
  };
}
