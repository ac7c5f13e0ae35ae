import { isIPv6 } from "node:net";
import { z } from "zod";
import { parseCidr } from "../../primitives/cidr";

/** An address range, by the family that Linode wants it sorted into. */
export interface AddressRanges {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

const ipv6Range = /^([0-9a-fA-F:]+)\/(\d{1,3})$/;

function isIpv6Range(text: string): boolean {
  const [, address = "", length = ""] = ipv6Range.exec(text) ?? [];
  return isIPv6(address) && Number(length) <= 128;
}

/** Every address there is, written as a range of either family. */
function isWholeInternet(text: string): boolean {
  return text.endsWith("/0");
}

/** An IPv4 or IPv6 range that is not the whole Internet. */
export const addressRange = z
  .string()
  .refine((text) => parseCidr(text) !== undefined || isIpv6Range(text), {
    error:
      "not an address range; write one address as 203.0.113.7/32 or 2001:db8::7/128, a network as 203.0.113.0/24",
  })
  .refine((text) => !isWholeInternet(text), {
    error: "that is the whole Internet; name the ranges from which people and pipelines come",
  })
  .meta({ examples: ["203.0.113.0/24"] });

/** Ranges by family. */
export function rangesByFamily(ranges: readonly string[]): AddressRanges {
  return {
    ipv4: ranges.filter((range) => parseCidr(range) !== undefined),
    ipv6: ranges.filter((range) => parseCidr(range) === undefined),
  };
}
