/** Known advisories, kept as a dated file because the check has no network; what nobody asked about is said. */
import semver from 'semver';
import type { Locked } from './lock.ts';
import { ACCEPTED_ADVISORIES } from './reviewed.ts';

export type Advisory = {
  /** GHSA or CVE. */
  readonly id: string;
  readonly package: string;
  /** As npm writes ranges. */
  readonly vulnerable: string;
  readonly severity: 'low' | 'moderate' | 'high' | 'critical';
  readonly says: string;
};

/** `advisories.json`. */
export type Advisories = {
  /** When it was last held against its source, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Names that were asked about then. */
  readonly askedAbout: readonly string[];
  readonly advisories: readonly Advisory[];
};

export type AdvisoryReport = {
  readonly objections: readonly string[];
  /** Days since the data was looked up. */
  readonly ageDays: number;
  /** Names of pinned packages that nobody asked about: nothing is known of them, good or bad. */
  readonly unasked: readonly string[];
};

const DAY_MS = 86_400_000;

/** @param now  epoch milliseconds */
export function judgeAdvisories(
  packages: readonly Pick<Locked, 'name' | 'version'>[],
  { asOf, askedAbout, advisories }: Advisories,
  now: number,
  accepted: Readonly<Record<string, string>> = ACCEPTED_ADVISORIES,
): AdvisoryReport {
  const hits = packages.flatMap(({ name, version }) =>
    advisories
      .filter((one) => one.package === name && semver.satisfies(version, one.vulnerable, { includePrerelease: true }))
      .map((one) => ({ ...one, version })),
  );
  const objections = [
    ...hits
      .filter(({ id }) => accepted[id] === undefined)
      .map(({ id, package: name, version, severity, says }) => `${name}@${version}: ${id} (${severity}), ${says}`),
    ...Object.keys(accepted)
      .filter((id) => !hits.some((hit) => hit.id === id))
      .map((id) => `${id}: is accepted and hits nothing any more; take it out of tools/supply/reviewed.ts`),
  ];
  const names = [...new Set(packages.map(({ name }) => name))];
  return {
    objections,
    ageDays: Math.floor((now - Date.parse(asOf)) / DAY_MS),
    unasked: names.filter((name) => !askedAbout.includes(name)).toSorted(),
  };
}

/** What `npm audit --json` prints, as far as it is read. */
type Audit = {
  readonly vulnerabilities: Readonly<Record<string, { readonly via: readonly (string | AuditEntry)[] }>>;
};
type AuditEntry = {
  readonly name: string;
  readonly url: string;
  readonly title: string;
  readonly severity: Advisory['severity'];
  readonly range: string;
};

/** The file after an audit on a machine with a network: it asks about all that is pinned. */
export function renewed(
  before: Advisories,
  { vulnerabilities }: Audit,
  packages: readonly Pick<Locked, 'name'>[],
  asOf: string,
): Advisories {
  const found = Object.values(vulnerabilities).flatMap(({ via }) =>
    via.flatMap((entry) => (typeof entry === 'string' ? [] : [advisoryOf(entry)])),
  );
  const byKey = new Map([...before.advisories, ...found].map((one) => [`${one.package} ${one.id}`, one]));
  return {
    asOf,
    askedAbout: [...new Set(packages.map(({ name }) => name))].toSorted(),
    advisories: [...byKey].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one),
  };
}

function advisoryOf({ name, url, title, severity, range }: AuditEntry): Advisory {
  return { id: url.split('/').at(-1) ?? url, package: name, vulnerable: range, severity, says: title };
}
