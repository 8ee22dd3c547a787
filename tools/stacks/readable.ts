/** From what Pulumi sends to what a person can read: plain values, documents as objects, no random suffix. */

/** Marks of Pulumi's own value kinds on the wire. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
/** Files to upload come as objects of Pulumi's own classes. */
const FILE_MARKS = ['__pulumiArchive', '__pulumiAsset'];

/** Properties that travel as JSON text. */
const DOCUMENTS: ReadonlySet<string> = new Set([
  'assumeRolePolicy',
  'dashboardBody',
  'eventPattern',
  'filterPolicy',
  'policy',
  'redriveAllowPolicy',
  'redrivePolicy',
]);

/** @param suffix  What SST puts behind a physical name that is not given, without its dash. */
export function readable(value: unknown, suffix: string, key = ''): unknown {
  if (typeof value === 'string') return readText(value.replaceAll(`-${suffix}`, ''), key);
  if (Array.isArray(value)) return value.map((entry) => readable(entry, suffix, key));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  if (fields[SIGNATURE] === SECRET) return readable(fields.value, suffix, key);
  if (fields[SIGNATURE] !== undefined) throw new Error(`a value of a kind that is not known stands in ${key}`);
  // Where the file lies on this machine says nothing about the deploy; its hash stands in the name of the upload.
  if (FILE_MARKS.some((mark) => fields[mark] === true)) return '(file)';
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, readable(inner, suffix, name)]),
  );
}

function readText(text: string, key: string): unknown {
  if (!DOCUMENTS.has(key)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
