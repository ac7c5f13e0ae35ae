/** An IPv4 network: its first address as a number, and its prefix length. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

/** The network that a text such as `10.20.0.0/16` names; undefined when it names none or has host bits set. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const numbers = match.slice(1).map(Number);
  const prefix = numbers.pop() ?? Number.NaN;
  if (prefix > 32 || numbers.some((octet) => octet > 255)) return undefined;
  const base = numbers.reduce((sum, octet) => sum * 256 + octet, 0);
  return base % addressCount(prefix) === 0 ? { base, prefix } : undefined;
}

/** The text that names a network. */
export function formatCidr({ base, prefix }: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** How many addresses a network with a prefix of this length has. */
export function addressCount(prefix: number): number {
  return 2 ** (32 - prefix);
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return (
    one.base < other.base + addressCount(other.prefix) && other.base < one.base + addressCount(one.prefix)
  );
}

/** The network at `index` when `network` is cut into equal parts, each `bits` longer in prefix. */
export function partOf(network: Cidr, bits: number, index: number): Cidr {
  const prefix = network.prefix + bits;
  return { base: network.base + index * addressCount(prefix), prefix };
}
