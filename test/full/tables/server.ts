/**
 * The endpoint with nothing but tables, in a process of its own: `server.ts own|dynalite <folder>`. Tells its URL, and to any
 * message the processor time it has used (microseconds).
 */
import { join } from 'node:path';
import { openDatabase } from '../../../local/aws/database.ts';
import { openDynaliteEngine } from '../../../local/aws/dynamodb/dynalite-engine.ts';
import { ENGINE_OPERATIONS } from '../../../local/aws/dynamodb/engine.ts';
import { openOwnEngine } from '../../../local/aws/dynamodb/own-engine.ts';
import { startAwsServer } from '../../../local/aws/server.ts';
import type { AwsService } from '../../../local/aws/service.ts';

const [engineName, folder = ''] = process.argv.slice(2);
const server = await startAwsServer({
  port: 0,
  services: [{ targetPrefix: 'DynamoDB_20120810', jsonVersion: '1.0', operations: await operations() }],
});
process.send?.(server.url);
process.on('message', () => process.send?.(usedMicroseconds()));
process.once('disconnect', () => process.exit());

function usedMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function operations(): Promise<AwsService['operations']> {
  const [accountId, region] = ['000000000000', 'us-east-2'];
  if (engineName === 'own') {
    const database = openDatabase(join(folder, 'aws.sqlite'));
    return openOwnEngine({ database, accountId, region, now: Date.now }).operations;
  }
  const engine = await openDynaliteEngine(join(folder, 'dynamodb'), accountId, region);
  return Object.fromEntries(ENGINE_OPERATIONS.map((name) => [name, (input) => engine.run(name, input)]));
}
