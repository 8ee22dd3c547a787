/** The parts of the repository between which arrows are drawn (guide style §2, architecture §2). */
export type Area =
  | 'config'
  | 'events'
  | 'function'
  | 'local'
  | 'operate'
  | 'page'
  | 'policy'
  | 'shared'
  | 'stacks'
  | 'templates'
  | 'test'
  | 'tools';

/** What runs in the operator's browser; all other code runs on a machine of ours. */
const PAGE = 'operate/console/page/';

/**
 * Which area a path relative to the repository belongs to, or undefined outside all of them.
 * `functions/shared` is an area of its own; every other folder of `functions/` is one function.
 */
export function areaOf(path: string): Area | undefined {
  if (path.startsWith(PAGE)) return 'page';
  const [first, second] = path.split('/');
  switch (first) {
    case 'functions':
      return second === 'shared' ? 'shared' : 'function';
    case 'config':
    case 'events':
    case 'local':
    case 'operate':
    case 'policy':
    case 'stacks':
    case 'templates':
    case 'test':
    case 'tools':
      return first;
    default:
      return undefined;
  }
}

/** The function a path belongs to (`functions/<name>/…`), or undefined. */
export function functionOf(path: string): string | undefined {
  return areaOf(path) === 'function' ? path.split('/')[1] : undefined;
}

/** Tests and what only tests need: `x.test.ts`, `testing.ts` and `x.testing.ts` (builders, suites), all below `test/`. */
export function isTestCode(path: string): boolean {
  return path.startsWith('test/') || /(\.test|(^|[./])testing)\.ts$/.test(path);
}

/** A live adapter, the only place that touches clock, randomness and network: `live.ts`, `live-x.ts`, `x.live.ts`. */
export function isLiveAdapter(path: string): boolean {
  return path.startsWith('functions/shared/') && /(^|\/)(live(-[^/]+)?|[^/]+\.live)\.ts$/.test(path);
}

/** A memory adapter: `memory.ts`, `memory-x.ts`, `x.memory.ts`. */
export function isMemoryAdapter(path: string): boolean {
  return path.startsWith('functions/shared/') && /(^|\/)(memory(-[^/]+)?|[^/]+\.memory)\.ts$/.test(path);
}

/** Where a function is bound to live ports. */
export function isBinding(path: string): boolean {
  return areaOf(path) === 'function' && path.endsWith('/lambda.ts');
}

/** The readers of the templates' sources, for lint and bundling; what runs uses the bundled library. */
export function isTemplateReader(path: string): boolean {
  return ['templates/load.ts', 'templates/load-note.ts', 'templates/parse-yaml.ts'].includes(path);
}
