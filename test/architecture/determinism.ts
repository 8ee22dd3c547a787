import type { Node } from 'oxc-parser';
import { areaOf, isBinding, isLiveAdapter, isTestCode } from './areas.ts';
import { lineAt, type Source } from './sources.ts';

// Architecture §7: what would make a simulated run differ from the next one. Plain globals (timers, fetch, process,
// console) are the linter's part (biome.json); these are the forms it has no rule for.
const BANNED_MEMBERS: Record<string, readonly string[]> = {
  AbortSignal: ['timeout'],
  Date: ['now'],
  Math: ['random'],
  crypto: ['getRandomValues', 'randomUUID', 'subtle'],
  performance: ['now', 'timeOrigin'],
};
const BANNED_CRYPTO = [
  'generateKey',
  'generateKeyPair',
  'getRandomValues',
  'randomBytes',
  'randomFill',
  'randomInt',
  'randomUUID',
  'subtle',
  'webcrypto',
];
const GLOBAL_OBJECTS = ['global', 'globalThis'];

const DETERMINISTIC_AREAS = ['events', 'function', 'policy', 'shared', 'templates'];

/** Whether a file must behave the same in every run: product code that decides, live adapters and bindings apart. */
export function mustBeDeterministic(path: string): boolean {
  const area = areaOf(path);
  return (
    area !== undefined &&
    DETERMINISTIC_AREAS.includes(area) &&
    !isTestCode(path) &&
    !isLiveAdapter(path) &&
    !isBinding(path)
  );
}

/** The uses of real time and randomness in a file, one readable line each. */
export function uncontrolledInputs(source: Source): string[] {
  return source.nodes.flatMap((node) => {
    const found = uncontrolled(node);
    return found === undefined ? [] : [`${source.path}:${lineAt(source.text, node.start)} ${found}`];
  });
}

function uncontrolled(node: Node): string | undefined {
  switch (node.type) {
    case 'NewExpression':
      return nameOf(node.callee) === 'Date' && node.arguments.length === 0 ? 'new Date()' : undefined;
    case 'CallExpression':
      return nameOf(node.callee) === 'Date' ? 'Date()' : undefined;
    case 'MemberExpression':
      return bannedMember(node);
    case 'VariableDeclarator':
      return bannedAlias(node.init);
    case 'ImportDeclaration':
      return node.source.value === 'node:crypto' ? bannedCryptoImport(node.specifiers) : undefined;
    default:
      return undefined;
  }
}

function bannedMember(node: Extract<Node, { type: 'MemberExpression' }>): string | undefined {
  const object = nameOf(node.object);
  if (object === undefined) return undefined;
  // The way around a ban on a global; nothing here needs the global object.
  if (GLOBAL_OBJECTS.includes(object)) return `a member of ${object}`;
  const property = propertyOf(node);
  const banned = Object.hasOwn(BANNED_MEMBERS, object) ? BANNED_MEMBERS[object] : undefined;
  if (banned === undefined) return undefined;
  if (property === undefined) return `a computed member of ${object}`;
  return banned.includes(property) ? `${object}.${property}` : undefined;
}

function bannedAlias(init: Node | null): string | undefined {
  const name = init === null ? undefined : nameOf(init);
  const isWatched = name !== undefined && (Object.hasOwn(BANNED_MEMBERS, name) || GLOBAL_OBJECTS.includes(name));
  return isWatched ? `another name for ${name}` : undefined;
}

function bannedCryptoImport(
  specifiers: Extract<Node, { type: 'ImportDeclaration' }>['specifiers'],
): string | undefined {
  for (const specifier of specifiers) {
    if (specifier.type !== 'ImportSpecifier') return 'the whole of node:crypto (import what is used by name)';
    const name = specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
    if (BANNED_CRYPTO.some((banned) => name.startsWith(banned))) return `${name} of node:crypto`;
  }
  return undefined;
}

function nameOf(node: Node): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}

function propertyOf(node: Extract<Node, { type: 'MemberExpression' }>): string | undefined {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : undefined;
  return node.property.type === 'Literal' && typeof node.property.value === 'string' ? node.property.value : undefined;
}
