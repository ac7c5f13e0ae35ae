import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import type { ResourcePolicy } from "../policy";

interface Configuration {
  readonly named: readonly Exception[];
}

/** Resource types that the policies judge, and those that contain nothing to judge. */
const known =
  /^(aws|kubernetes|linode|random|tls|time|std):|^pulumi:pulumi:|^pulumi:providers:(aws|kubernetes|linode|random|tls|pulumi)$/;

/** Types of known providers that hold other resources as a text, which no policy reads. */
const holders =
  /^aws:(cloudformation\/(stack|stackSet|stacks)|cloudcontrol\/resource|servicecatalog\/(product|provisionedProduct)):/;

export const resourceKnown: ResourcePolicy<Configuration> = {
  id: "resource-known",
  scope: "resource",
  what: "Every resource is of a provider that the policies know, or is named by the stack.",
  why: "What no policy knows no policy judges: a bucket of another cloud would be as public as its author likes.",
  severity: "high",
  standards: ["K6", "K8"],
  remediation:
    "Use a provider that the policies know, or name the type in the policy's named, with who judges it instead.",
  configuration: {
    named: exceptions(
      "Types that the policies need not know, as Pulumi calls them, such as `datadog:index/monitor:Monitor`; a `*` at the end stands for the rest. Components that only hold other resources belong here.",
    ),
  },
  appliesTo: (type) => !known.test(type) || holders.test(type),
  *validate({ type }, { named }) {
    if (namesOf(named).some((one) => isNamed(type, one))) return;
    yield holders.test(type)
      ? `${type} holds resources that no policy reads: declare them by their own types, or name it in named, with who judges them.`
      : `no policy knows the type ${type}, and so none judges it: name it in named, with who does.`;
  },
};

function isNamed(type: string, name: string): boolean {
  return name.endsWith("*") ? type.startsWith(name.slice(0, -1)) : type === name;
}
