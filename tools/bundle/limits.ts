/** How large a bundle may be, minified, its assets apart (issue 9), and what a package may take of it without a word. */
import type { FunctionName } from '../../events/words.ts';
import type { Bundle } from './bundle.ts';

/** Bytes in a KB, here and wherever a bundle's size is told. */
export const KB = 1024;

const JUDGES_KB = 800;
const SMALL_KB = 520;
const OTHERS_KB = 600;
const JUDGES: readonly FunctionName[] = ['classify', 'verify'];
const SMALL: readonly FunctionName[] = ['sweeper', 'flag-watcher'];

export function limitKb(name: FunctionName): number {
  return JUDGES.includes(name) ? JUDGES_KB : SMALL.includes(name) ? SMALL_KB : OTHERS_KB;
}

/** Limits that are not kept, with what is in the way; such a bundle may not grow beyond `mostKb`. */
export const NOT_KEPT: readonly { readonly name: FunctionName; readonly mostKb: number; readonly why: string }[] = [
  {
    name: 'responder-reply',
    mostKb: 725,
    why: 'at the door it judges everything once more, on what stands there now: it reads the conversation (HTML), the order (phone numbers, dates) and screens the newest words, so that it holds nearly all that classify, order-lookup and verify hold between them',
  },
];

export const LARGE_SHARE = 0.15;

/** Packages that take more than `LARGE_SHARE` of a bundle, each with its reason. */
export const REASONS: Readonly<Record<string, string>> = {
  '@smithy/core':
    'what all clients of the AWS SDK are made of: protocol, signing, endpoints, errors. A small function has little else in its bundle',
};

/** Bytes by package; our own code is `frontdesk`. */
export function packageShares({ shares }: Pick<Bundle, 'shares'>): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const [path, share] of Object.entries(shares)) {
    const name = packageOf(path) ?? 'frontdesk';
    bytes.set(name, (bytes.get(name) ?? 0) + share);
  }
  return new Map([...bytes].sort(([, left], [, right]) => right - left));
}

/** Packages above the share, without a reason as well. */
export function largePackages(bundle: Pick<Bundle, 'shares' | 'bytes'>): string[] {
  return [...packageShares(bundle)]
    .filter(([name, share]) => name !== 'frontdesk' && share > LARGE_SHARE * bundle.bytes)
    .map(([name]) => name);
}

function packageOf(path: string): string | undefined {
  return /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}
