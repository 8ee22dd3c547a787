/** IPv4 and IPv6 addresses as numbers, for the `cidr` matcher. */

type Address = { readonly bits: 32 | 128; readonly value: bigint };

/**
 * The block's membership test, or `null` when the text is no CIDR block. As in EventBridge's rule engine a block has two
 * addresses at least (no `/32`, no `/128`), and begins at the address that is written: `10.0.0.5/24` ends at `10.0.0.255`.
 */
export function parseCidr(text: string): ((address: string) => boolean) | null {
  const [addressText = '', lengthText = '', ...rest] = text.split('/');
  const first = parseAddress(addressText);
  if (first === null || rest.length > 0 || !/^\d{1,3}$/.test(lengthText)) return null;
  const length = Number(lengthText);
  if (length >= first.bits) return null;
  const last = first.value | ((1n << BigInt(first.bits - length)) - 1n);
  return (candidate) => {
    const address = parseAddress(candidate);
    return address !== null && address.bits === first.bits && address.value >= first.value && address.value <= last;
  };
}

function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null;
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

function parseIpv6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...(head ?? []), ...(tail ?? [])];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const missing = 8 - groups.length;
  // `::` stands for at least one group; without it all eight are written.
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = tail === undefined ? groups : [...(head ?? []), ...Array<string>(missing).fill('0'), ...tail];
  return { bits: 128, value: all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n) };
}
