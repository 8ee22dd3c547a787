/** The value of a constant that is written out in full, and where it stands in its source. */
import { type Expression, type Node, parseSync, type Statement } from 'oxc-parser';

export type Literal = { readonly value: unknown; readonly start: number; readonly end: number };

/** Throws where there is no such constant, or something in it would have to be worked out. */
export function literalIn(path: string, source: string, name: string): Literal {
  const { program } = parseSync(path, source);
  for (const { id, init } of program.body.flatMap(declarationsOf))
    if (id.type === 'Identifier' && id.name === name && init !== null)
      return { value: valueOfNode(init, path), start: init.start, end: init.end };
  throw new Error(`${path} has no constant ${name}`);
}

function declarationsOf(statement: Statement) {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  return declared?.type === 'VariableDeclaration' ? declared.declarations : [];
}

function valueOfNode(node: Expression | Node, path: string): unknown {
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'TemplateLiteral':
      if (node.expressions.length === 0) return node.quasis[0]?.value.cooked;
      break;
    case 'ArrayExpression':
      return node.elements.map((element) => valueOfNode(element ?? node, path));
    case 'ObjectExpression':
      return Object.fromEntries(
        node.properties.map((property) => {
          if (property.type !== 'Property' || property.computed)
            throw new Error(`${path}: ${property.type} in a constant`);
          const { key, value } = property;
          return [key.type === 'Identifier' ? key.name : String(valueOfNode(key, path)), valueOfNode(value, path)];
        }),
      );
  }
  throw new Error(`${path}: ${node.type} in a constant that is to be data`);
}
