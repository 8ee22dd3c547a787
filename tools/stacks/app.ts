/** What `app()` of sst.config.ts says of a stage. */
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StageTable } from '../../stacks/stages.ts';

export const ROOT = dirname(dirname(import.meta.dirname));

type Tags = Readonly<Record<string, string>>;

/** SST's `$app`. */
export type App = {
  readonly name: string;
  readonly stage: string;
  readonly providers: {
    readonly aws?: {
      readonly version?: string;
      readonly region?: string;
      readonly allowedAccountIds?: readonly string[];
      readonly defaultTags?: { readonly tags?: Tags };
    };
  };
  readonly [key: string]: unknown;
};

type Config = { app(input: { stage: string }, stages?: StageTable): Promise<Partial<App>> | Partial<App> };

/** @param stages  Other stages than those of stacks/stages.ts. */
export async function readApp(stage: string, stages?: StageTable): Promise<App> {
  Object.assign(globalThis, { $config: (given: Config) => given });
  const { default: config }: { default: Config } = await import(pathToFileURL(join(ROOT, 'sst.config.ts')).href);
  return { name: 'frontdesk', protect: false, providers: {}, ...(await config.app({ stage }, stages)), stage };
}
