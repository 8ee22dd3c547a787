/** A module's path relative to the repository; of a package from its `node_modules` on, wherever that is linked to. */
export function moduleName(root: string, path: string): string {
  const packages = path.lastIndexOf('/node_modules/');
  if (packages !== -1 && !path.startsWith(`${root}/node_modules/`)) return path.slice(packages + 1);
  return path.slice(root.length + 1);
}
