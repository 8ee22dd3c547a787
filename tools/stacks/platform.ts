/** SST's components as they lie unpacked below `.sst/`, and whether they are the pinned ones. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, readApp } from './app.ts';

export const PLATFORM = join(ROOT, '.sst/platform');
/** What makes `.sst/platform`; the sentence with which everything that needs it refuses. */
export const PREPARE = 'npm run stacks:prepare';

/** What keeps SST's components from being used; `null` when they are there and the pinned ones. */
export async function whyUnprepared(): Promise<string | null> {
  const version = readText(join(PLATFORM, 'version'));
  if (version === null) return 'SST’s components are not unpacked';
  const pinned = await pinnedVersions();
  if (version !== pinned.sst) return `SST’s components are those of ${version}, not of ${pinned.sst}`;
  const provider = readText(join(ROOT, '.sst/provider-lock.json'));
  const locked = provider === null ? undefined : (JSON.parse(provider) as Lock[]).find(({ name }) => name === 'aws');
  if (locked?.version !== pinned.aws) return `the AWS provider is ${locked?.version ?? 'missing'}, not ${pinned.aws}`;
  const isWhole = existsSync(join(PLATFORM, 'node_modules/@pulumi/aws/package.json'));
  return isWhole && existsSync(join(PLATFORM, 'config.d.ts'))
    ? null
    : 'the unpacking of SST’s components was cut short';
}

type Lock = { readonly name: string; readonly version: string };

/** The versions a deploy would use: of the installed package, and of `sst.config.ts`. */
async function pinnedVersions(): Promise<{ sst: string; aws: string }> {
  const sst: { version: string } = JSON.parse(readFileSync(join(ROOT, 'node_modules/sst/package.json'), 'utf8'));
  const aws = (await readApp('dev')).providers.aws?.version;
  if (aws === undefined) throw new Error('sst.config.ts pins no version of the AWS provider');
  return { sst: sst.version, aws };
}

function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}
