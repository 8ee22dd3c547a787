/** What a reader of policy/ calls one thing: a declaration, a gate, a rule, an entry of a table. Edits are drawn by these. */
import { parseSync } from 'oxc-parser';
import { isNode, type Node, runTimePart } from './syntax.ts';

export type Unit = { readonly file: string; readonly name: string; readonly start: number; readonly end: number };

/** What makes an object one thing instead of a table of things. */
const NAMES_OF_ONE_THING = ['id', 'judge', 'says', 'winner'];
const OF_LITERALS = ['Literal', 'UnaryExpression', 'TemplateLiteral'];

/** Units of a file, none inside another. Declarations of types have nothing that runs, so they are none. */
export function unitsOf(file: string, source: string): Unit[] {
  const { program } = parseSync(file, source);
  const statements: unknown = program.body;
  const body = Array.isArray(statements) ? statements.filter(isNode) : [];
  return body.flatMap(declarationsIn).flatMap(({ name, value, whole }) => {
    const entries = value === null ? [] : entriesOf(value, name);
    const units = entries.length > 0 ? entries : [{ name, start: whole.start, end: whole.end }];
    return units.map((unit) => ({ file, ...unit }));
  });
}

type Declaration = { readonly name: string; readonly value: Node | null; readonly whole: Node };

function declarationsIn(statement: Node): Declaration[] {
  const node = isNode(statement.declaration) ? statement.declaration : statement;
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration')
    return [{ name: nameOf(node.id), value: null, whole: node }];
  if (node.type !== 'VariableDeclaration' || !Array.isArray(node.declarations)) return [];
  return node.declarations.filter(isNode).map((one) => ({
    name: nameOf(one.id),
    value: isNode(one.init) ? runTimePart(one.init) : null,
    whole: one,
  }));
}

type Entry = Omit<Unit, 'file'>;

/** Entries of a table, or of the tables that a call is given; empty for what is one thing itself. */
function entriesOf(node: Node, name: string): Entry[] {
  switch (node.type) {
    case 'ArrayExpression':
      return holdsThings(partsOf(node.elements))
        ? partsOf(node.elements).flatMap((part, at) => thing(part, part, `${name}[${at}]`))
        : [];
    case 'ObjectExpression':
      return isOneThing(node) ? [] : tableEntries(node, name);
    case 'CallExpression':
    case 'NewExpression':
      return partsOf(node.arguments).flatMap((part) => entriesOf(runTimePart(part), name));
    default:
      return [];
  }
}

function tableEntries(node: Node, name: string): Entry[] {
  const properties = partsOf(node.properties).filter(({ type }) => type === 'Property');
  // Letters for letters, words for words: one table of wordings.
  const isPlain = properties.every(
    ({ value }) => isNode(value) && value.type === 'Literal' && typeof value.value === 'string',
  );
  if (isPlain) return [];
  return properties.flatMap((property) =>
    isNode(property.value) ? thing(property, runTimePart(property.value), `${name}.${nameOf(property.key)}`) : [],
  );
}

/** The entries of an entry that is a table again, else the entry. */
function thing(whole: Node, value: Node, name: string): Entry[] {
  const inner = value.type === 'CallExpression' ? [] : entriesOf(value, name);
  return inner.length > 0 ? inner : [{ name: nameIn(value) ?? name, start: whole.start, end: whole.end }];
}

function holdsThings(elements: readonly Node[]): boolean {
  return elements.some(({ type }) => ![...OF_LITERALS, 'Identifier', 'SpreadElement'].includes(type));
}

function isOneThing(node: Node): boolean {
  return partsOf(node.properties).some(({ key }) => NAMES_OF_ONE_THING.includes(nameOf(key)));
}

/** A rule is known by its id. */
function nameIn(value: Node): string | null {
  if (value.type !== 'ObjectExpression') return null;
  const id = partsOf(value.properties).find(({ key }) => nameOf(key) === 'id');
  return isNode(id?.value) && typeof id.value.value === 'string' ? id.value.value : null;
}

function partsOf(nodes: unknown): Node[] {
  return Array.isArray(nodes) ? nodes.filter(isNode) : [];
}

function nameOf(node: unknown): string {
  return isNode(node) ? `${node.name ?? node.value ?? ''}` : '';
}
