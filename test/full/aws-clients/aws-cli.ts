import { awsCommand, cliClient, cliVersion, DEBIAN_CLI, honoursVariable, type Pointing } from './cli-client.ts';
import { practise } from './command-habits.ts';
import { converse, stepsFor } from './conversation.ts';
import { fillLongArchive, settleMessages } from './preparation.ts';
import { startProduct } from './product.ts';

// node bin/launch.js test/full/aws-clients/aws-cli.ts [PROGRAM]
// Drives the running product with the unmodified AWS CLI: by --endpoint-url, and by AWS_ENDPOINT_URL where that version knows it.

/** The discard port, on which nobody listens. */
const NOWHERE = 'http://127.0.0.1:9';

const program = process.argv[2] ?? DEBIAN_CLI;
const say = (line: string) => process.stdout.write(`${line}\n`);
try {
  const version = await cliVersion(program);
  const pointings: Pointing[] = honoursVariable(version) ? ['flag', 'variable'] : ['flag'];
  if (pointings.length === 1) say(`aws ${version} does not know AWS_ENDPOINT_URL: --endpoint-url alone`);
  for (const pointing of pointings) await drive(version, pointing);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function drive(version: string, pointing: Pointing): Promise<void> {
  const product = await startProduct(['--unlimited']);
  try {
    const { awsEndpoint: endpoint, region } = product.ready;
    const world = { ready: product.ready, conversations: await settleMessages(product) };
    await fillLongArchive(product);
    const command = awsCommand(program, { endpoint, region, pointing });
    const talk = await converse(cliClient(`aws ${version}`, command), stepsFor(world), say);
    const habits = await practise(world, command, awsCommand(program, { endpoint: NOWHERE, region, pointing }));
    for (const failure of habits.failures) say(`failed: ${failure}`);
    const failed = talk.failures.length + habits.failures.length;
    const how = pointing === 'flag' ? '' : ' by AWS_ENDPOINT_URL';
    say(`aws ${version}${how}: ${talk.calls + habits.calls} calls, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await product.stop();
  }
}
