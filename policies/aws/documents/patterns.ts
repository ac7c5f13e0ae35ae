const patterns = new Map<string, RegExp>();

/** Whether a pattern of AWS, in which `*` stands for any characters and `?` for one, matches a text, whatever their case. */
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

/** How much of what there is a pattern of ARNs takes in. */
export type Reach =
  /** Any resource of any service: `*`, `arn:*`. */
  | "everything"
  /** Any resource of a kind, in all accounts: `arn:aws:iam::*:role/*`, `arn:aws:s3:::*`. */
  | "every account"
  /** Any resource of a kind in one account: `arn:aws:iam::123456789012:role/*`. */
  | "one account"
  /** Resources that it names. */
  | "named";

export function reachOf(arn: string): Reach {
  const [, , service = "*", , account = "*", ...rest] = arn.split(":");
  if (/^[*?]+$/.test(arn) || isWild(service)) return "everything";
  const name = rest.join(":");
  // What is before the name, such as `role/`, says what kind of thing it is; in S3 it is the bucket.
  const ofKind = service.startsWith("s3") ? name : name.replace(/^[a-z-]+[:/]/, "");
  const isNamed = /[^*?:/]/.test(ofKind);
  if (isNamed && rest.length > 0) return "named";
  return account === "" || isWild(account) ? "every account" : "one account";
}

function isWild(part: string): boolean {
  return /[*?]/.test(part);
}
