/** What a mail's styles hide from its reader must not be read either: text for machines alone (decisions §3.3 step 1). */

/** How far outside of the page counts as hidden, in any unit. */
const FAR_OUTSIDE = -500;
/** Class, id or tag, alone or as `p.note`; a selector that says more is left alone: when in doubt keep. */
const PLAIN_SELECTOR = /^(?!(?:html|body)$)(?:[a-z][a-z0-9]{0,20})?(?:[.#][a-z_][\w-]{0,60})?$/i;

type Declarations = ReadonlyMap<string, string>;

function declarationsOf(style: string): Declarations {
  const pairs = style
    .toLowerCase()
    .split(';')
    .map((declaration) => {
      const at = declaration.indexOf(':');
      const value = declaration.slice(at + 1).replace('!important', '');
      return [declaration.slice(0, Math.max(0, at)).trim(), value.trim()] as const;
    });
  return new Map(pairs);
}

/** Does this `style` make what it stands on invisible? */
export function hides(style: string): boolean {
  const declared = declarationsOf(style);
  const is = (name: string, ...values: readonly string[]): boolean => values.includes(declared.get(name) ?? '');
  const size = (name: string): number => Number.parseFloat(declared.get(name) ?? '');
  const color = declared.get('color');
  const isSquashed = ['height', 'max-height', 'width', 'max-width'].some((name) => size(name) === 0);
  return (
    is('display', 'none') ||
    is('visibility', 'hidden', 'collapse') ||
    is('mso-hide', 'all') ||
    size('opacity') === 0 ||
    // A size in em may be small and is still one; one pixel is not read.
    size('font-size') === 0 ||
    is('font-size', '1px') ||
    size('max-height') === 0 ||
    (isSquashed && is('overflow', 'hidden')) ||
    ['left', 'right', 'top', 'text-indent', 'margin-left'].some((name) => size(name) <= FAR_OUTSIDE) ||
    (declared.get('clip') ?? '').startsWith('rect(0') ||
    (declared.get('transform') ?? '').startsWith('scale(0)') ||
    color === 'transparent' ||
    (color !== undefined && (is('background-color', color) || is('background', color)))
  );
}

/** The HTML with the attribute `hidden` on each element that its own style or a plain rule of a style sheet hides. */
export function markHidden(html: string): string {
  const selectors = hiddenSelectors(html);
  return html.replace(/<([a-z][a-z0-9:-]{0,40})([^<>]*)>/gi, (whole, name: string, attributes: string) =>
    isHidden(name.toLowerCase(), attributes, selectors) ? `<${name} hidden=""${attributes}>` : whole,
  );
}

function isHidden(tag: string, attributes: string, selectors: ReadonlySet<string>): boolean {
  if (selectors.size > 0) {
    // A missing class or id makes "." or "#" of itself, which no plain selector is.
    const classes = attributeOf('class', attributes).split(/\s+/);
    const names = [...classes.map((name) => `.${name}`), `#${attributeOf('id', attributes)}`];
    if (selectors.has(tag) || names.some((name) => selectors.has(name) || selectors.has(tag + name))) return true;
  }
  return hides(attributeOf('style', attributes));
}

const ATTRIBUTES = new Map(
  ['class', 'id', 'style'].map((name) => [
    name,
    new RegExp(`(?:^|[\\s"'])${name}\\s{0,5}=\\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i'),
  ]),
);

/** `''` where the element has none. */
function attributeOf(name: string, attributes: string): string {
  const match = ATTRIBUTES.get(name)?.exec(attributes);
  return (match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim();
}

/** Plain selectors that a style sheet in the mail hides on every screen. */
function hiddenSelectors(html: string): ReadonlySet<string> {
  const hiding = styleSheetsOf(html)
    .flatMap(rulesOf)
    .filter(({ style }) => hides(style));
  const selectors = hiding.flatMap(({ selectors: list }) => list.split(',')).map((selector) => selector.trim());
  return new Set(selectors.filter((selector) => PLAIN_SELECTOR.test(selector)));
}

/** Contents of `<style>` elements; one that is never closed reaches to the end. Looks at each character once. */
function styleSheetsOf(html: string): string[] {
  const lower = html.toLowerCase();
  const sheets: string[] = [];
  for (let at = lower.indexOf('<style'); at >= 0; ) {
    const open = lower.indexOf('>', at);
    if (open < 0) break;
    const close = lower.indexOf('</style', open);
    const end = close < 0 ? lower.length : close;
    sheets.push(html.slice(open + 1, end));
    at = lower.indexOf('<style', end);
  }
  return sheets;
}

type Rule = { readonly selectors: string; readonly style: string };

/** Rules outside of any `@media` or the like, which hold on some screens only. */
function rulesOf(sheet: string): Rule[] {
  const rules: Rule[] = [];
  let depth = 0;
  let before = '';
  let selectors = '';
  for (const part of withoutComments(sheet).split(/([{}])/)) {
    if (part === '{') {
      depth += 1;
      if (depth === 1) selectors = before;
    } else if (part === '}') {
      if (depth === 1) rules.push({ selectors, style: before });
      depth = Math.max(0, depth - 1);
    }
    before = part;
  }
  return rules;
}

function withoutComments(sheet: string): string {
  const [first = '', ...others] = sheet.split('/*');
  return first + others.map((part) => (part.includes('*/') ? part.slice(part.indexOf('*/') + 2) : '')).join('');
}
