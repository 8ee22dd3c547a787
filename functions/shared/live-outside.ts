/** A vendor's name leads outside: an address of this machine or of an internal network is refused before a byte is sent (platform §4.6, T17). */
import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';

/** Special-purpose networks (IANA): this machine, private, link-local with the metadata service, shared, test, multicast, reserved. */
const INSIDE = new BlockList();
for (const network of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
])
  addTo(INSIDE, network, 'ipv4');
/** Only 2000::/3 leads outside; within it, what carries an IPv4 address or leads nowhere. */
const OUTSIDE_IPV6 = new BlockList();
addTo(OUTSIDE_IPV6, '2000::/3', 'ipv6');
for (const network of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) addTo(INSIDE, network, 'ipv6');

function addTo(list: BlockList, network: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', bits] = network.split('/');
  list.addSubnet(address, Number(bits), family);
}

export function isInside({ address, family }: LookupAddress): boolean {
  return family === 4
    ? INSIDE.check(address, 'ipv4')
    : INSIDE.check(address, 'ipv6') || !OUTSIDE_IPV6.check(address, 'ipv6');
}

/** A look-up for sockets: fails with `EINSIDE` when the name leads inside, with one of its addresses even. */
export function outsideOnly(lookup: typeof systemLookup = systemLookup): LookupFunction {
  return (host, options, done) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error) done(error, '');
      else if (first === undefined || found.some(isInside))
        done(Object.assign(new Error('the name leads inside'), { code: 'EINSIDE' }), '');
      else if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
}

/** Resolves where the name leads outside, for a client that takes no look-up of its own. */
export function mustLeadOutside(host: string, lookup?: typeof systemLookup): Promise<void> {
  return new Promise((resolve, reject) => {
    outsideOnly(lookup)(host, { all: true }, (error) => (error ? reject(error) : resolve()));
  });
}
