/** The `wildcard` matcher: `*` stands for any run of characters, `\*` and `\\` for themselves. */

/** The test, or `null` for `**` or another escape than the two, which EventBridge refuses. */
export function parseWildcard(pattern: string): ((text: string) => boolean) | null {
  const literals = splitAtStars(pattern);
  if (literals === null) return null;
  const [first = '', ...rest] = literals;
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let position = first.length;
    // Leftmost placement of each middle part leaves the most room for the next, so no backtracking is needed.
    for (const literal of rest) {
      const found = text.indexOf(literal, position);
      if (found < 0 || found + literal.length > end) return false;
      position = found + literal.length;
    }
    return true;
  };
}

function splitAtStars(pattern: string): string[] | null {
  const literals: string[] = [''];
  let afterStar = false;
  for (let index = 0; index < pattern.length; index += 1) {
    let character = pattern.charAt(index);
    if (character === '*') {
      if (afterStar) return null;
      literals.push('');
      afterStar = true;
      continue;
    }
    if (character === '\\') {
      index += 1;
      character = pattern.charAt(index);
      if (character !== '*' && character !== '\\') return null;
    }
    literals[literals.length - 1] += character;
    afterStar = false;
  }
  return literals;
}
