/**
 * Comparing without letter case as EventBridge's rule engine does: character by character, each in its lower and its upper
 * form. So `ß` also matches `SS`, and the Kelvin sign is no `k`, unlike with a comparison of lower-cased texts.
 */

export type CaseTest = (text: string) => boolean;

export function equalsIgnoringCase(expected: string): CaseTest {
  return testOf(`^${anyCase(expected)}$`);
}

export function startsIgnoringCase(prefix: string): CaseTest {
  return testOf(`^${anyCase(prefix)}`);
}

export function endsIgnoringCase(suffix: string): CaseTest {
  return testOf(`${anyCase(suffix)}$`);
}

/** Without the `u` flag, since the rule engine works on UTF-16 code units too. */
function testOf(source: string): CaseTest {
  const expression = new RegExp(source);
  return (text) => expression.test(text);
}

function anyCase(text: string): string {
  return text
    .split('')
    .map((unit) => `(?:${escaped(unit.toLowerCase())}|${escaped(unit.toUpperCase())})`)
    .join('');
}

const escaped = (text: string) =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
