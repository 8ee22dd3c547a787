/** A syntax tree seen from afar: nodes, their children, and which of them exist when the program runs. */

export type Node = {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
};

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Wrappers that only the type checker reads. */
const TYPE_WRAPPERS = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);
const NOT_DECIDING = new Set([
  'ImportDeclaration',
  'ExportAllDeclaration',
  // What is thrown is a message for whoever wrote the bug.
  'ThrowStatement',
  'TemplateElement',
]);

/** Is there anything of the node left when the program runs, that could decide something? */
export function isRunTime(node: Node): boolean {
  if (NOT_DECIDING.has(node.type)) return false;
  return !node.type.startsWith('TS') || TYPE_WRAPPERS.has(node.type);
}

/** The expression inside wrappers of types. */
export function runTimePart(node: Node): Node {
  return TYPE_WRAPPERS.has(node.type) && isNode(node.expression) ? runTimePart(node.expression) : node;
}

/** Children in the order of the source; those of a wrapper are the wrapped expression's. */
export function childrenOf(node: Node): Node[] {
  return Object.values(runTimePart(node)).flatMap((value) =>
    isNode(value) ? [value] : Array.isArray(value) ? value.filter(isNode) : [],
  );
}
