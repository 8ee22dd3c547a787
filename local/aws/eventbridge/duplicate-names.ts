/** Finds a field that a JSON text names twice in one object; `JSON.parse` would keep the last without a word. */

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** The first such name, or `null`. `json` must be valid JSON. */
export function duplicateName(json: string): string | null {
  const objects: Set<string>[] = [];
  let lastString = '';
  for (const [token] of json.matchAll(TOKEN)) {
    // An array gets a set too, so that every closing bracket takes one away.
    if (token === '{' || token === '[') objects.push(new Set());
    else if (token === '}' || token === ']') objects.pop();
    else if (token !== ':') lastString = token;
    else {
      const name = JSON.parse(lastString) as string;
      if (objects.at(-1)?.has(name)) return name;
      objects.at(-1)?.add(name);
    }
  }
  return null;
}
