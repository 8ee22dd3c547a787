/** Twelve functions are built from the same modules: what is made of a file is made once in a process, which no file changes under. */
export function oncePerFile<T>(make: (path: string) => T): (path: string) => T {
  const made = new Map<string, T>();
  return (path) => {
    const known = made.get(path);
    if (known !== undefined) return known;
    const fresh = make(path);
    made.set(path, fresh);
    return fresh;
  };
}

/** Paths that end in one of the modules, or lie in one where it ends in a slash: a plugin is asked about no others, which takes time. */
export function pathsOf(modules: readonly string[]): RegExp {
  const escaped = modules.map((one) => one.replace(/[.$@\-/]/g, '\\$&'));
  return new RegExp(`/(?:${escaped.map((one) => (one.endsWith('/') ? one : `${one}$`)).join('|')})`);
}

/** A module's path relative to the repository; of a package from its `node_modules` on, wherever that is linked to. */
export function moduleName(root: string, path: string): string {
  const packages = path.lastIndexOf('/node_modules/');
  if (packages !== -1 && !path.startsWith(`${root}/node_modules/`)) return path.slice(packages + 1);
  return path.slice(root.length + 1);
}
