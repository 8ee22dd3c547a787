/** How long a message may be per channel, and the last look at a rendered text (replies §1.6 step 7, §1.7). */
import { looksPersonal } from './detectors.ts';
import { canonicalHost, linksIn } from './links.ts';
import { bannedIn } from './phrases.ts';
import { INVISIBLE, lengthOf } from './variables.ts';

export type ChannelLimit = {
  readonly chars: number;
  readonly links: number;
  /** `content` counts neither list lines, nor blank ones, nor the signature. */
  readonly lines: { readonly max: number; readonly count: 'all' | 'content' };
};

/** Phone gets no text; `default` bodies serve several channels and so obey the tightest. */
export const CHANNEL_LIMITS = {
  livechat: { chars: 600, links: 1, lines: { max: 8, count: 'all' } },
  email: { chars: 1_800, links: 2, lines: { max: 8, count: 'content' } },
  social: { chars: 280, links: 0, lines: { max: 4, count: 'all' } },
  tiktok: { chars: 280, links: 0, lines: { max: 4, count: 'all' } },
  default: { chars: 280, links: 0, lines: { max: 4, count: 'all' } },
} as const satisfies Record<string, ChannelLimit>;

/** Lines as the channel counts them. */
export function linesOf(text: string, count: 'all' | 'content'): number {
  const lines = text.split('\n');
  if (count === 'all') return lines.length;
  return lines.filter((line) => line.trim() !== '' && !/^[-—] /.test(line)).length;
}

export function isWithin(text: string, limit: ChannelLimit): boolean {
  return lengthOf(text) <= limit.chars && linesOf(text, limit.lines.count) <= limit.lines.max;
}

type ScanFinding = 'placeholder' | 'tag' | 'control' | 'link' | 'phrase' | 'personal' | 'length';

/**
 * What a finished text must not have; empty when it may go.
 *
 * @param words  The same text without identifiers and links: an order name such as `#AI-1001` is not a banned word.
 */
export function scanText(text: string, words: string, limit: ChannelLimit, hosts: readonly string[]): ScanFinding[] {
  const links = linksIn(text);
  const isListed = (link: string) => {
    const host = /^https:\/\/([^/?#\s]+)/i.exec(link)?.[1];
    return host !== undefined && hosts.some((allowed) => canonicalHost(allowed) === host.toLowerCase());
  };
  const checks: readonly [ScanFinding, boolean][] = [
    // One mark alone as well: no approved words need it, and the configuration refuses it.
    ['placeholder', /[{}]/.test(text)],
    ['tag', /[<>]/.test(text)],
    ['control', INVISIBLE.test(text.replaceAll('\n', ''))],
    // A link comes from a link variable or not at all: signature and opening hours are words.
    ['link', links.length > limit.links || !links.every(isListed) || linksIn(words).length > 0],
    ['phrase', bannedIn(words).length > 0],
    // What no single value is can still come about between two of them; an @ is no word of ours, and the configuration refuses it.
    ['personal', looksPersonal(words.normalize('NFKC')) || words.normalize('NFKC').includes('@')],
    ['length', !isWithin(text, limit)],
  ];
  return checks.filter(([, isFound]) => isFound).map(([name]) => name);
}
