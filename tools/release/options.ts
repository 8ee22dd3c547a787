/** The words of `npm run release`. */
import { parseArgs } from 'node:util';
import { compareReleases } from '../../local/platform/release.ts';

export type Options = { readonly version: string; readonly isDryRun: boolean; readonly isJson: boolean };
export type ReadOptions =
  | { readonly ok: true; readonly options: Options }
  | { readonly ok: false; readonly isJson: boolean; readonly says: string };

const USAGE = 'usage: npm run release -- X.Y.Z [--dry-run] [--json]';

/**
 * @param variables  The environment: without a `--` before them npm takes `--dry-run` and `--json` for its own and hands
 *                   them on as variables. A dry run that turned out to be a real one would be a nasty surprise.
 */
export function readOptions(
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): ReadOptions {
  const isJson = args.includes('--json') || variables.npm_config_json === 'true';
  const refuse = (says: string): ReadOptions => ({ ok: false, isJson, says: `${says}; ${USAGE}` });
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean', default: false }, json: { type: 'boolean' } },
    });
    const [version, ...more] = positionals;
    if (version === undefined) return refuse('name the version of the release');
    if (more.length > 0) return refuse(`one version is enough, not ${positionals.join(' ')}`);
    // Data folders, facts and released schemas know these three numbers and nothing behind them.
    if (compareReleases(version, version) === null)
      return refuse(`"${version}" is no version: three whole numbers, no v before and nothing behind them`);
    return {
      ok: true,
      options: { version, isDryRun: values['dry-run'] || variables.npm_config_dry_run === 'true', isJson },
    };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}
