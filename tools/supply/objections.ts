/** What is wrong with the packages that are pinned, one line with its cure each. Pure. */
import type { Lock, Locked, Manifest } from './lock.ts';
import { DEVELOPMENT_LICENCES, LICENCE_OF, LICENCES } from './reviewed.ts';

const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const SHA_512 = /^sha512-[\w+/]{86}==$/;

export function pinObjections(manifest: Manifest, lock: Lock): string[] {
  const asked = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].flatMap((versions) =>
    Object.entries(versions ?? {}),
  );
  const pinned = [lock.root.dependencies, lock.root.devDependencies, lock.root.optionalDependencies].flatMap(
    (versions) => Object.entries(versions ?? {}),
  );
  const isPinned = ([name, version]: [string, string]) =>
    pinned.some(([one, other]) => one === name && other === version);
  return [
    ...(lock.version === 3
      ? []
      : [`package-lock.json is of version ${lock.version}: make it anew with npm 7 or newer`]),
    ...asked
      .filter(([, version]) => !EXACT.test(version))
      .map(([name]) => `${name}: package.json asks for a range; name one version`),
    ...asked
      .filter((one) => !isPinned(one))
      .map(([name]) => `${name}: package-lock.json pins another version; run npm install`),
    ...lock.packages.flatMap(sourceObjections),
  ];
}

/** Where a package comes from is the machine's setting: the lock says what it is, by its checksum. */
function sourceObjections({ path, version, integrity, resolved, isLink }: Locked): string[] {
  if (isLink) return [`${path}: is a link to a folder; install it from a registry`];
  return [
    ...(EXACT.test(version) ? [] : [`${path}: ${version || 'no version'} is not one version of a registry`]),
    ...(SHA_512.test(integrity ?? '') ? [] : [`${path}: has no SHA-512; make the lock file anew`]),
    ...(resolved === undefined
      ? []
      : [`${path}: names the address it came from; npm config omit-lockfile-registry-resolved`]),
  ];
}

/** @param npmrc  text of the tree's .npmrc */
export function scriptObjections({ allowScripts = {} }: Manifest, lock: Lock, npmrc: string): string[] {
  const withScript = new Set(lock.packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name));
  return [
    ...(/^ignore-scripts=true$/m.test(npmrc) ? [] : ['.npmrc: lets packages run scripts; ignore-scripts=true']),
    ...[...withScript]
      .filter((name) => !(name in allowScripts))
      .map((name) => `${name}: runs a script at installation; read it, then name it in allowScripts of package.json`),
    ...Object.keys(allowScripts)
      .filter((name) => !withScript.has(name))
      .map((name) => `${name}: stands in allowScripts and has no script any more; take it out`),
  ];
}

export function licenceObjections(packages: readonly Locked[]): string[] {
  return packages.flatMap(({ name, version, licence = LICENCE_OF[name], isDev }) => {
    if (licence === undefined)
      return [`${name}@${version}: names no licence; find it, then LICENCE_OF in tools/supply/reviewed.ts`];
    const isAllowed = LICENCES.includes(licence) || (isDev && DEVELOPMENT_LICENCES.includes(licence));
    return isAllowed
      ? []
      : [`${name}@${version}: is under ${licence}, which nobody allowed${isDev ? '' : ' for what is shipped'}`];
  });
}
