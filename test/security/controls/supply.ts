/** Supply chain: packages, licences, advisories, secrets in the tree, what a release says of itself. */
import type { Control } from '../control.ts';

const OBJECTIONS = 'tools/supply/objections.ts';
const OBJECTIONS_TEST = 'tools/supply/objections.test.ts';

export const SUPPLY_CONTROLS: readonly Control[] = [
  {
    id: 'pinned-by-checksum',
    threats: ['LLM04', 'T16'],
    control: 'Every package is pinned to one version and its SHA-512, and to no address.',
    test: OBJECTIONS_TEST,
    removal: [
      {
        file: OBJECTIONS,
        before: "...(SHA_512.test(integrity ?? '') ? [] :",
        after: "...(SHA_512.test(integrity ?? '') || version !== '' ? [] :",
      },
    ],
  },
  {
    id: 'ci-of-one-repository',
    threats: ['T16'],
    control: 'The role of CI is taken from one repository and branch or tag, for one audience.',
    test: 'stacks/topology-delivery.test.ts',
    removal: [
      {
        file: 'stacks/topology-delivery.ts',
        before: "test: subject.includes('*') ? 'StringLike' : 'StringEquals',",
        after: "test: subject === '' ? 'StringEquals' : 'StringLike',",
      },
    ],
  },
  {
    id: 'ci-under-a-boundary',
    threats: ['T15', 'T16'],
    control: 'CI makes roles under the boundary alone.',
    test: 'stacks/topology-delivery.test.ts',
    removal: [
      {
        file: 'stacks/topology-delivery.ts',
        before:
          "          conditions: [{ test: 'StringEquals', variable: 'iam:PermissionsBoundary', values: [boundary] }],\n",
        after: '',
      },
    ],
  },
  {
    id: 'exact-versions',
    threats: ['LLM04'],
    control: '`package.json` asks for exact versions, and the lock file pins those.',
    test: OBJECTIONS_TEST,
    removal: [{ file: OBJECTIONS, before: '!EXACT.test(version))', after: "version === '')" }],
  },
  {
    id: 'no-install-scripts',
    threats: ['LLM04', 'T16', 'T10'],
    control: 'No package runs a script at installation; who has one stands on a reviewed list.',
    test: OBJECTIONS_TEST,
    removal: [
      { file: OBJECTIONS, before: '.filter((name) => !(name in allowScripts))', after: '.filter(() => false)' },
    ],
  },
  {
    id: 'installed-is-pinned',
    threats: ['LLM04', 'T16'],
    control: 'What is installed is the version that is pinned, under the licence it names.',
    test: OBJECTIONS_TEST,
    removal: [
      {
        file: 'tools/supply/installed.ts',
        before: '...(installed.version === version',
        after: "...(installed.version !== ''",
      },
    ],
  },
  {
    id: 'licences-allowed',
    threats: ['LLM04'],
    control: 'Every package is under a licence somebody allowed for its use.',
    test: OBJECTIONS_TEST,
    removal: [
      {
        file: OBJECTIONS,
        before: 'LICENCES.includes(licence) || (isDev',
        after: "LICENCES.includes(licence) || licence !== '' || (isDev",
      },
    ],
  },
  {
    id: 'known-advisories',
    threats: ['LLM04'],
    control:
      'A pinned version that a known advisory names fails the check, which says how old its data is and what nobody asked about.',
    test: 'tools/supply/advisories.test.ts',
    removal: [
      {
        file: 'tools/supply/advisories.ts',
        before: 'one.package === name && semver',
        after: "one.package === '' && semver",
      },
    ],
  },
  {
    id: 'no-secrets-in-the-tree',
    threats: ['T10', 'T16'],
    control:
      'Nothing that looks like a key, token or password is in the tree; invented ones are listed by file and number.',
    test: 'tools/supply/secrets.test.ts',
    removal: [
      {
        file: 'tools/supply/secrets.ts',
        before: 'rules: [{ id: PRESET, rule: creator }]',
        after: 'rules: [{ id: PRESET, rule: creator, disabled: true }]',
      },
    ],
  },
  {
    id: 'bill-of-materials',
    threats: ['LLM04'],
    control:
      'A bundle comes with a bill of materials (CycloneDX) of all that is pinned, the same for the same lock file.',
    test: 'tools/supply/sbom.test.ts',
    removal: [
      {
        file: 'tools/supply/sbom.ts',
        before: "'--package-lock-only'",
        after: "'--package-lock-only', '--omit', 'dev'",
      },
    ],
  },
  {
    id: 'third-party-notices',
    threats: ['LLM04'],
    control: 'A bundle comes with licence and copyright of every package that is in it.',
    test: 'tools/supply/notices.test.ts',
    removal: [
      {
        file: 'tools/supply/notices.ts',
        before: "licence: license ?? LICENCE_OF[name] ?? 'none named',",
        after: "licence: 'none named',",
      },
    ],
  },
];
