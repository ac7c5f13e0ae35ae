import { parseCidr } from "../../primitives/cidr";

/** A value that stands in a file in place of one that only its reader knows. */
export interface Placeholder {
  /** What it is: `an address that is reserved for documentation (RFC 5737)`. */
  readonly kind: string;
  /** What belongs in its place. */
  readonly wanted: string;
  /** How to find that out, or what it may look like. */
  readonly example: string;
}

/** RFC 5737. */
const documentationNetworks = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"].flatMap(
  (text) => parseCidr(text) ?? [],
);

/** RFC 3849 and RFC 9637. */
const documentationAddress6 = /(^|[^0-9a-f:])(2001:0?db8:|3fff:0?[0-9a-f]{0,3}:)/i;

const address4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g;

/** RFC 2606 and RFC 6761, and the name that the seeds write for a domain of one's own. */
const exampleHost =
  /(?<![a-z0-9-])(example\.(com|net|org|edu)|your-?domain\.com|[a-z0-9-]+\.(example|test|invalid|localhost))(?![a-z0-9.-]*[a-z0-9-])/i;

/** The accounts of AWS's own documentation, and twelve times one digit. */
const exampleAccount = /(?<!\d)(123456789012|111122223333|444455556666|777788889999|(\d)\2{11})(?!\d)/;

/** The placeholder that a text is or holds; undefined when it holds none. */
export function placeholderIn(text: string): Placeholder | undefined {
  if (exampleAccount.test(text)) return account;
  if (documentationAddress6.test(text) || (text.match(address4) ?? []).some(isDocumentation)) return address;
  if (!exampleHost.test(text)) return undefined;
  if (text.includes("@")) return mail;
  return text.includes("/") ? place : host;
}

function isDocumentation(text: string): boolean {
  const address = parseCidr(`${text}/32`)?.base;
  return (
    address !== undefined &&
    documentationNetworks.some(({ base, prefix }) => Math.floor((address - base) / 2 ** (32 - prefix)) === 0)
  );
}

const account: Placeholder = {
  kind: "an account of AWS's documentation",
  wanted: "the account that the stack belongs to",
  example: "aws sts get-caller-identity --query Account --output text",
};

const address: Placeholder = {
  kind: "an address that is reserved for documentation (RFC 5737, RFC 3849)",
  wanted: "an address or a range that people and pipelines really come from",
  example: "curl https://checkip.amazonaws.com",
};

const host: Placeholder = {
  kind: "a name that is reserved for examples (RFC 2606)",
  wanted: "a name in a domain of your own",
  example: "ai.atlas-financial.com",
};

const mail: Placeholder = {
  kind: "a mailbox that is reserved for examples (RFC 2606)",
  wanted: "a mailbox that someone reads",
  example: "platform@atlas-financial.com",
};

const place: Placeholder = {
  kind: "a place that is reserved for examples (RFC 2606)",
  wanted: "where the stack's own are",
  example: "registry.atlas-financial.com/shop",
};
