/** True when a text is as a pattern of IAM says: `*` stands for any text, `?` for one character. */
export function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

/** As `matches`, whatever the case: so actions are compared. */
export function matchesAction(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

/** As `matches`, each part of an ARN by itself; the last takes colons too. */
export function matchesArn(pattern: string, arn: string): boolean {
  const [wanted, found] = [parts(pattern), parts(arn)];
  return wanted.every((part, index) => matches(part, found[index] ?? ""));
}

function parts(arn: string): readonly string[] {
  const all = arn.split(":");
  return [...all.slice(0, 5), all.slice(5).join(":")];
}
