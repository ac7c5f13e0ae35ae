import { systems } from "../apps/registry";
import { markdownTable } from "../cli/table";
import { type Bundle, type BundleKey, consumersOf } from "../infra/secrets/bundle";
import { loadBundles } from "../infra/secrets/bundles";

const introduction = `# Secrets

Every Kubernetes Secret that the program makes, from \`infra/secrets/bundles\` and \`apps/*/secrets\`. [Secrets](../secrets.md) tells how values
are given, changed before they are due, and added.

| Source | Where the value comes from |
| --- | --- |
| \`generated\` | the program generates it, letters and digits, and rotates it when it is due |
| \`stack\` | people give it, encrypted: \`pulumi config set --secret --path 'ai-platform:secrets.BUNDLE.KEY'\` |
| \`external\` | AWS Secrets Manager, from where an operator copies it; on EKS only |
| \`derived\` | the program composes it from other values, such as a connection string |

This page is generated from the bundles by \`npm run docs\`.
`;

/** The reference page of all secrets. */
export function secretsPage(): string {
  const bundles = loadBundles(systems);
  const sections = [...systems.map(({ name }) => name), "platform"].flatMap((system) => {
    const own = bundles.filter((bundle) => bundle.system === system);
    return own.length === 0 ? [] : [section(system, own)];
  });
  return [introduction, ...sections].join("\n");
}

function section(system: string, bundles: readonly Bundle[]): string {
  return [
    `## ${system}`,
    "",
    markdownTable([["Secret", "Key", "Source", "Used by", "Due after"], ...bundles.flatMap(rows)]),
    "",
  ].join("\n");
}

function rows(bundle: Bundle): readonly (readonly string[])[] {
  const { name, keys, rotationDays } = bundle;
  return Object.entries(keys).map(([key, declared]) => [
    `\`${name}\``,
    `\`${key}\``,
    sourceOf(declared),
    consumersOf(bundle),
    term(declared, rotationDays),
  ]);
}

function sourceOf(key: BundleKey): string {
  switch (key.source) {
    case "generated":
      return `generated, ${key.length} characters`;
    case "stack":
      return key.optional ? "stack, optional" : "stack";
    case "external":
      return `external, \`${key.key}\`${key.property === undefined ? "" : `, its \`${key.property}\``}`;
    case "derived":
      return "derived";
  }
}

/** A derived value changes with those that it is made of. */
function term({ source }: BundleKey, rotationDays: Bundle["rotationDays"]): string {
  if (source === "derived") return "with its parts";
  return rotationDays === "never" ? "never" : `${rotationDays} days`;
}
