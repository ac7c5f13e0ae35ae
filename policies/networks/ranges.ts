import type { Value } from "../value";

/** A range of addresses of one family, both ends included. */
interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

/** IPv4 and IPv6 are separate: no address is in both. */
interface Family {
  readonly bits: number;
  /** The public part of the family. */
  readonly internet: Span;
}

const v4: Family = { bits: 32, internet: { from: 0n, to: (1n << 32n) - 1n } };
/** IPv6 assigns addresses of 2000::/3 only. */
const v6: Family = { bits: 128, internet: { from: 1n << 125n, to: (1n << 126n) - 1n } };

/** A sixteenth of the internet counts as the internet: no list of a few networks is as large. */
const share = 16n;

/**
 * The ranges that allow the whole internet: one range, or several together. Undefined when none do; unknown
 * ranges are not counted.
 */
export function internetIn(ranges: readonly (Value | undefined)[]): string | undefined {
  const texts = ranges.flatMap((range) => (typeof range === "string" ? [range.trim()] : []));
  const alone = texts.find((text) => isInternet([text]));
  if (alone !== undefined) return alone;
  if (!isInternet(texts)) return undefined;
  const [first, ...others] = texts;
  return `${first} with ${others.join(", ")}`;
}

function isInternet(texts: readonly string[]): boolean {
  return [v4, v6].some((family) => {
    const spans = texts.flatMap((text) => spanOf(text, family) ?? []).flatMap((span) => within(span, family));
    const { from, to } = family.internet;
    return size(spans) * share >= to - from + 1n;
  });
}

function within({ from, to }: Span, { internet }: Family): readonly Span[] {
  const span = {
    from: from > internet.from ? from : internet.from,
    to: to < internet.to ? to : internet.to,
  };
  return span.from > span.to ? [] : [span];
}

/** The number of addresses in spans that may overlap. */
function size(spans: readonly Span[]): bigint {
  let total = 0n;
  let counted = -1n;
  for (const { from, to } of spans.toSorted((left, right) => (left.from < right.from ? -1 : 1))) {
    const start = from > counted ? from : counted + 1n;
    if (to < start) continue;
    total += to - start + 1n;
    counted = to;
  }
  return total;
}

function spanOf(text: string, family: Family): Span | undefined {
  const [address = "", prefix = String(family.bits)] = text.split("/");
  const number = family === v4 ? v4Number(address) : v6Number(address);
  if (number === undefined || !/^\d+$/.test(prefix)) return undefined;
  const free = BigInt(family.bits) - BigInt(prefix);
  if (free < 0n) return undefined;
  const from = (number >> free) << free;
  return { from, to: from + (1n << free) - 1n };
}

function v4Number(address: string): bigint | undefined {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((number, part) => (number << 8n) | BigInt(part), 0n);
}

function v6Number(address: string): bigint | undefined {
  if (!address.includes(":")) return undefined;
  const [, before = address, last] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address) ?? [];
  const embedded = last === undefined ? undefined : v4Number(last);
  const tail = embedded === undefined ? [] : [embedded >> 16n, embedded & 0xffffn];
  const [left = "", right, more] = (last === undefined ? address : before.replace(/([^:]):$/, "$1")).split(
    "::",
  );
  if (more !== undefined) return undefined;
  const groups = (part: string): readonly (bigint | undefined)[] =>
    part === ""
      ? []
      : part.split(":").map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? BigInt(`0x${group}`) : undefined));
  const start = groups(left);
  const end = [...groups(right ?? ""), ...tail];
  const missing = 8 - start.length - end.length;
  if (right === undefined ? missing !== 0 : missing < 0) return undefined;
  const all = [...start, ...Array<bigint>(missing).fill(0n), ...end];
  return all.reduce<bigint | undefined>(
    (number, group) => (number === undefined || group === undefined ? undefined : (number << 16n) | group),
    0n,
  );
}
