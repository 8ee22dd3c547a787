/** `config check`, `config show`, `config explain KEY`: what a shop adapts, all in one file. */
import { relative } from 'node:path';
import { stringify } from 'yaml';
import { explainKey } from '../../config/explain.ts';
import { formatConfigError, type LoadedConfig } from '../../config/load.ts';
import { configFile } from '../../local/platform/config-file.ts';
import type { Answer, Context, Variables } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { readShop } from '../shop.ts';
import { count } from '../text.ts';

/** Every mistake with its line, key and cure; exit code 1 when there is one. */
export function checkConfig({ variables }: Context): Answer {
  const file = displayName(variables);
  const shop = readShop(variables);
  if (shop.ok)
    return {
      value: { ok: true, file, version: shop.version, errors: [] },
      text: `${file} is right (version ${shop.version})`,
    };
  const lines = shop.errors.map((error) => formatConfigError(error, file));
  return {
    value: { ok: false, file, version: null, errors: shop.errors },
    text: [...lines, `${count(shop.errors.length, 'mistake')}`].join('\n'),
    exitCode: 1,
  };
}

/** The configuration in force, with its version. */
export function showConfig({ variables }: Context): Answer {
  const { config, version } = requireShop(variables);
  return {
    value: { file: displayName(variables), version, config },
    text: `# ${displayName(variables)}, version ${version}\n${stringify(config, { flowCollectionPadding: true }).trimEnd()}`,
  };
}

/** What a key means, what it takes, and what it says today. */
export function explainConfig({ variables }: Context, key: string): Answer {
  const explanation = explainKey(key);
  if (explanation.kind === 'unknown') {
    const cure =
      explanation.didYouMean === null
        ? '`npx frontdesk config show` shows all keys'
        : `did you mean ${explanation.didYouMean}?`;
    throw misuse('unknown_key', 'there is no such key', cure);
  }
  const shop = readShop(variables);
  const keys = explanation.keys.map((about) => ({
    ...about,
    current: shop.ok ? valueAt(shop.config, about.key) : undefined,
  }));
  const text = keys.map(({ key: name, meaning, takes, current }) =>
    [
      name,
      `  ${meaning}`,
      `  takes: ${takes}`,
      ...(isPlain(current) ? [`  now: ${JSON.stringify(current)}`] : []),
    ].join('\n'),
  );
  return {
    value: keys.map(({ current, ...about }) => ({ ...about, current: current ?? null })),
    text: text.join('\n\n'),
  };
}

/** The shop's configuration, or exit code 1 with the way to its mistakes. */
export function requireShop(variables: Variables): LoadedConfig {
  const shop = readShop(variables);
  if (shop.ok) return shop;
  throw new Failure(
    'invalid_config',
    `${displayName(variables)} has ${count(shop.errors.length, 'mistake')}`,
    'see them with `npx frontdesk config check`',
  );
}

/** Below the working folder as people type it. */
function displayName(variables: Variables): string {
  const file = configFile(variables);
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short;
}

/** `undefined` where the key stands for many (`*`). */
function valueAt(config: unknown, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, part)
          ? Reflect.get(value, part)
          : undefined,
      config,
    );
}

/** Whole sections are shown key by key instead. */
function isPlain(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || Array.isArray(value));
}
