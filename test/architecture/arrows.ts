import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import {
  type Area,
  areaOf,
  functionOf,
  isBinding,
  isLiveAdapter,
  isMemoryAdapter,
  isTemplateReader,
  isTestCode,
} from './areas.ts';
import type { Import, Source } from './sources.ts';

type Allowance = {
  areas: readonly Area[];
  /** Names of packages, `name/*` for a scope; 'dependencies' for all that package.json ships. */
  packages: readonly string[] | 'dependencies' | 'any';
  /** Node's own modules. */
  builtins: readonly string[] | 'any';
};

// Types of what Lambda hands over; there is nothing to run behind the name.
const TYPES_ONLY = 'aws-lambda';
// What computes and reaches nothing. Anything else is a capability and sits behind a live adapter.
const PURE_PACKAGES = [
  'valibot',
  'html-to-text',
  'tinyld',
  'libphonenumber-js',
  '@aws-sdk/util-dynamodb',
  TYPES_ONLY,
] as const;
const PURE_BUILTINS = ['node:async_hooks', 'node:buffer', 'node:crypto', 'node:util', 'node:zlib'] as const;

const PRODUCT = [
  'config',
  'events',
  'function',
  'local',
  'operate',
  'policy',
  'shared',
  'stacks',
  'templates',
] as const;

/** Who may import what, besides its own folder. Style §2 is the source; architecture §10.30 adds `config`. */
export const ALLOWED: Record<Area, Allowance> = {
  events: { areas: [], packages: ['valibot'], builtins: [] },
  policy: {
    areas: ['events'],
    packages: ['valibot', 'tinyld', 'html-to-text', 'libphonenumber-js', 'temporal-polyfill'],
    builtins: [],
  },
  templates: { areas: ['events'], packages: ['valibot'], builtins: ['node:crypto'] },
  config: { areas: ['events', 'policy'], packages: ['valibot', 'yaml'], builtins: 'any' },
  // Ports are typed by what flows through them, and the embedded classifier and verifier are judgements behind a port.
  shared: { areas: ['events', 'policy', 'templates', 'config'], packages: PURE_PACKAGES, builtins: PURE_BUILTINS },
  function: {
    areas: ['events', 'policy', 'templates', 'shared'],
    packages: ['valibot', TYPES_ONLY],
    builtins: ['node:crypto'],
  },
  stacks: { areas: ['events', 'config'], packages: ['valibot'], builtins: [] },
  local: { areas: PRODUCT, packages: 'dependencies', builtins: 'any' },
  operate: { areas: [...PRODUCT, 'tools'], packages: 'dependencies', builtins: 'any' },
  // What the browser loads is judged by its size too: words and pure code of the contract, and the page's own libraries.
  page: {
    areas: ['events', 'policy'],
    packages: ['preact', '@preact/signals', 'uplot', 'marked', 'valibot'],
    builtins: [],
  },
  tools: { areas: [...PRODUCT, 'test'], packages: 'any', builtins: 'any' },
  test: { areas: [...PRODUCT, 'tools'], packages: 'any', builtins: 'any' },
};

// Declared once, read by functions and topology alike; plain data without a port (docs/decisions.md, 2026-11-25).
const SHARED_DATA: readonly string[] = [
  'functions/shared/capabilities.ts',
  'functions/shared/consumers.ts',
  'functions/shared/container.ts',
  'functions/shared/environment.ts',
  'functions/shared/function-settings.ts',
  'functions/shared/limits/window.ts',
  'functions/shared/queues/names.ts',
  'functions/shared/records/table.ts',
  'functions/shared/rules.ts',
  'functions/shared/store/language.ts',
  'functions/shared/store/tables.ts',
  'functions/shared/telemetry/metrics.ts',
  'functions/shared/times.ts',
];

// `imports` of package.json: every file that a condition may choose must be one the importer may have.
const BY_CONDITION: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(manifest.imports).map(([specifier, targets]) => [
    specifier,
    Object.values(targets).map((target) => posix.normalize(target)),
  ]),
);

// The one place of a vendor's SDK, of sockets and of the disk.
const LIVE_ADAPTER: Allowance = { ...ALLOWED.shared, packages: 'dependencies', builtins: 'any' };

/** Vite builds the page, wherever the instance runs. */
const PAGE_BUILDER: Allowance = { areas: PRODUCT, packages: ['vite'], builtins: 'any' };
const isPageBuilder = (path: string): boolean => path.startsWith('operate/console/build/');

const TEMPLATE_READER: Allowance = {
  areas: ['events'],
  packages: ['valibot', 'yaml'],
  builtins: ['node:fs', 'node:path'],
};
const READS_TEMPLATES: readonly Area[] = ['local', 'operate', 'tools'];

/** The forbidden imports of a file, one readable line each. */
export function forbiddenImports(source: Source, dependencies: readonly string[]): string[] {
  const area = areaOf(source.path);
  if (area === undefined) return [`${source.path}: belongs to no area of the architecture test`];
  if (isTestCode(source.path)) return [];
  return source.imports.flatMap((line) => {
    const objection = object(source.path, area, line, dependencies);
    return objection === undefined ? [] : [`${source.path}:${line.line} ${objection}`];
  });
}

function object(
  from: string,
  area: Area,
  { specifier, typeOnly }: Import,
  dependencies: readonly string[],
): string | undefined {
  const allowed = allowanceOf(from, area);
  if (specifier === undefined) {
    return area === 'local' || area === 'operate' || area === 'tools'
      ? undefined
      : 'imports something only known at run time';
  }
  if (specifier.startsWith('.')) return objectToFile(from, area, posix.join(posix.dirname(from), specifier), typeOnly);
  if (specifier.startsWith('#')) {
    const targets = BY_CONDITION[specifier] ?? [];
    if (targets.length === 0) return `imports ${specifier}, which package.json does not name`;
    return targets.map((to) => objectToFile(from, area, to, typeOnly)).find((objection) => objection !== undefined);
  }
  if (isBuiltin(specifier)) {
    const isAllowed = allowed.builtins === 'any' || allowed.builtins.includes(specifier);
    return isAllowed ? undefined : `${area} may not import ${specifier}`;
  }
  // The shape of a vendor's answer may be named anywhere in shared; its code may not.
  const packages = area === 'shared' && typeOnly ? 'dependencies' : allowed.packages;
  return isPackageAllowed(specifier, packages, dependencies) ? undefined : `${area} may not import ${specifier}`;
}

function allowanceOf(path: string, area: Area): Allowance {
  if (isLiveAdapter(path)) return LIVE_ADAPTER;
  if (isPageBuilder(path)) return PAGE_BUILDER;
  return isTemplateReader(path) ? TEMPLATE_READER : ALLOWED[area];
}

function objectToFile(from: string, area: Area, to: string, typeOnly: boolean): string | undefined {
  const target = areaOf(to);
  if (area === 'tools' && to === 'package.json') return undefined;
  if (target === undefined) return `imports ${to}, which belongs to no area`;
  if (area !== 'tools' && isTestCode(to)) return `imports test code (${to})`;
  const mayRead = READS_TEMPLATES.includes(area) || isTemplateReader(from);
  if (isTemplateReader(to) && !typeOnly && !mayRead) return `reads the disk through ${to}`;
  if (area === 'function') {
    if (isMemoryAdapter(to)) return `imports a memory adapter (${to})`;
    if (isLiveAdapter(to) && !isBinding(from)) return `binds a live adapter (${to}) outside lambda.ts`;
    if (target === 'function')
      return functionOf(from) === functionOf(to) ? undefined : `imports another function (${to})`;
    // A function is handed its configuration through a port; it may know the shape.
    if (target === 'config' && typeOnly) return undefined;
  }
  // What the server answers may be named in the page; the server's code stays there.
  if (area === 'page' && typeOnly && target !== 'test') return undefined;
  if (area === 'stacks' && target === 'function') {
    return to.endsWith('/rules.ts') ? undefined : `stacks may read rules.ts of a function only (${to})`;
  }
  if (area === 'stacks' && target === 'shared' && SHARED_DATA.includes(to)) return undefined;
  if (area === 'shared' && isMemoryAdapter(to) && !isMemoryAdapter(from)) return `imports a memory adapter (${to})`;
  if (target === area || ALLOWED[area].areas.includes(target)) return undefined;
  return `${area} may not import ${target} (${to})`;
}

function isPackageAllowed(
  specifier: string,
  packages: Allowance['packages'],
  dependencies: readonly string[],
): boolean {
  if (packages === 'any') return true;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return (packages === 'dependencies' ? [...dependencies, TYPES_ONLY] : packages).includes(name);
}
