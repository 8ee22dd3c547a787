import { parseArgs } from 'node:util';
import { answerVersion } from '../local/platform/release.ts';
import { prepare } from './stacks/prepare.ts';
import { reportFailure } from './stacks/report.ts';

const USAGE = `npm run stacks:prepare

Unpacks SST's components into .sst/, once: about 40 s and 320 MB, from the npm registry. No account is needed.
`;

answerVersion(process.argv.slice(2));
try {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) process.stdout.write(USAGE);
  else {
    const did = await prepare((line) => process.stderr.write(`${line}\n`));
    process.stdout.write(`${did ? 'SST’s components are unpacked' : 'nothing to do: SST’s components are there'}\n`);
  }
} catch (error) {
  reportFailure(error);
}
