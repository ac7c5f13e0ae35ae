const patterns = new Map<string, RegExp>();

/** Whether an AWS pattern (`*` for any characters, `?` for one) matches a text, ignoring case. */
export function matches(pattern: string, text: string): boolean {
  const known = patterns.get(pattern);
  if (known) return known.test(text);
  const made = new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll(/\*+/g, ".*")
      .replaceAll("?", ".")}$`,
    "is",
  );
  patterns.set(pattern, made);
  return made.test(text);
}

/** How many resources a pattern of ARNs includes. */
export type Reach =
  /** Any resource of any service: `*`, `arn:*`. */
  | "everything"
  /** Any resource of one kind, in all accounts: `arn:aws:iam::*:role/*`, `arn:aws:s3:::*`. */
  | "every account"
  /** Any resource of one kind in one account: `arn:aws:iam::123456789012:role/*`. */
  | "one account"
  /** Only named resources. */
  | "named";

export function reachOf(arn: string): Reach {
  const [, , service = "*", , account = "*", ...rest] = arn.split(":");
  if (/^[*?]+$/.test(arn) || isWild(service)) return "everything";
  const name = rest.join(":");
  // The part before the name, such as `role/`, is the kind of resource; in S3 it is the bucket.
  const ofKind = service.startsWith("s3") ? name : name.replace(/^[a-z-]+[:/]/, "");
  const isNamed = /[^*?:/]/.test(ofKind);
  if (isNamed && rest.length > 0) return "named";
  return account === "" || isWild(account) ? "every account" : "one account";
}

function isWild(part: string): boolean {
  return /[*?]/.test(part);
}
