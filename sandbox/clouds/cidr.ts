/** An IPv4 network as a number and a prefix length. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

/** The network that a text such as `10.20.0.0/16` names, host bits cleared; undefined when it names none. */
export function parseCidr(text: string): (Cidr & { readonly text: string }) | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const numbers = match.slice(1).map(Number);
  const prefix = numbers.pop() ?? 0;
  if (prefix > 32 || numbers.some((octet) => octet > 255)) return undefined;
  const address = numbers.reduce((sum, octet) => sum * 256 + octet, 0);
  const base = Math.floor(address / size(prefix)) * size(prefix);
  return { base, prefix, text: dotted(base) };
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return inner.base >= outer.base && inner.base + size(inner.prefix) <= outer.base + size(outer.prefix);
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.base < other.base + size(other.prefix) && other.base < one.base + size(one.prefix);
}

function size(prefix: number): number {
  return 2 ** (32 - prefix);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
