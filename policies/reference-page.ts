import { stringify } from "yaml";
import { exemptionPrefix } from "./exemptions/exemption";
import type { Policy } from "./policy";
import { allCases } from "./testing/all-cases";
import type { Cases, CatchingCase, PassingCase } from "./testing/cases";
import { stackConfiguration } from "./testing/reviewed-plan";

const introduction = `# Policies

What the policy pack in \`policies/\` demands of every stack. \`make preview\` and \`make up\` run it; with Pulumi itself:

    pulumi preview --policy-pack policies --policy-pack-config policies/config/prod.json

Any other Pulumi program in TypeScript can be judged by them too: \`--policy-pack\` takes the folder as it is, and without a
configuration every policy has its defaults.

Resource policies judge a resource before it is created or changed; stack policies judge how resources fit together, at the
end of a preview or an update. Values that a preview cannot know yet never count as a violation, and never hide one that is
certain without them.

## What is seen

- Pods: the templates of all of Kubernetes' own workloads with their init containers, sidecars and ephemeral containers, those
  that custom resources of Strimzi, CloudNativePG and its Barman Cloud plugin, MongoDB, RabbitMQ, Redis and Elastic hold, and in
  any other custom resource everything that looks like a pod or a container. What a resource leaves to its operator is not known, and so
  no violation. Patches, lists, and groups and directories of YAML on the disk are judged by the objects that they hold.
- Policy documents, ranges of addresses, switches for encryption and secrets in clear: in any resource of AWS, by the property
  and not by the type. Types of other providers are refused unless the stack names them.
- Values of Helm releases, by what is unmistakable in them: images' tags that move, secrets, requests and limits, privileged
  containers, namespaces and paths of the node, added capabilities, Services that are reached from outside, certificates that are not
  verified. What a chart does by its own defaults, or by values of its own invention, is not seen there: a user, a read-only root
  file system, a seccomp profile, probes, roles.
- What Helm releases make, where a stack wants it: \`helm-rendered\` renders the charts that are on the disk, and reports what
  their objects lack, by what the stack configures for each policy. Charts and namespaces that need more are named there, with the
  reason.
- What Helm releases and operators make in the cluster, as far as a stack lists it: selectors and references may answer to what is
  in \`made\`, and to \`outOfSight\`, which is for what is made elsewhere. Where a stack lists neither, a selector or a reference that
  nothing of the stack answers to is no violation beside a Helm release or a custom resource. The stacks here do not write
  \`made\` by hand: \`npm run out-of-sight\`, which is part of \`npm run golden\`, takes it from the chart lock and the model of the
  operators. References into namespaces, and to classes, of which the stack declares none are left alone.
- Nodes: the pools of EKS and LKE, where the stack makes every cluster that it deploys to. Machines that are not known here
  are taken to be large enough.

## Enforcement

\`policies/config/<stack>.json\` sets the level of each policy by its id, or of all: \`mandatory\` fails the run, \`advisory\` only
shows, \`disabled\` skips. Without configuration every policy is mandatory, save those whose entry below says that they are advisory
by default; \`all\` holds for these too, unless the file names them. Production names three: \`helm-rendered\`, which renders only
charts that are on the disk, and the two that show exemptions. The same file holds
each policy's configuration:

    {
      "all": "mandatory",
      "exemption-in-force": "advisory",
      "exemption-configured": "advisory",
      "aws-ingress-declared": { "allowedPorts": [443] }
    }

## Remediation

At the level \`remediate\`, some policies put a resource right before it is judged, by setting the property that they miss; the
engine shows each change. They do so only where that loses and replaces nothing, and where a program that works is not meant to
notice; what is left is a violation as at the level \`mandatory\`. The stacks of this project remediate nothing: their program
says what it means.

    { "aws-imds-v2": "remediate" }

## Exemptions

A Kubernetes annotation, or a tag of an AWS resource, exempts that one resource from one policy until the end of a day (UTC):

    ${exemptionPrefix}kubernetes-non-root: "2027-03-31 @payments The vendor's image needs root until 3.2"

It counts with a date of the calendar that is not past, and a reason that says something; an exemption from a critical policy
names with an \`@\` who answers for it. \`exemption-valid\` refuses what does not count, what names no policy, and what ends too far
ahead: the more is at stake, the sooner it must end. Exemptions in force are shown in every run.

What can carry neither, such as a policy of a bucket or anything of Linode, is exempted by the stack's configuration of the policy,
by its logical name or as \`<type>::<name>\`, by the same rules:

    "aws-bucket-not-public": {
      "exempt": [
        {
          "resources": ["open-data"],
          "until": "2027-03-31",
          "owner": "@data",
          "reason": "The ministry publishes its data there"
        }
      ]
    }

What a stack lets pass for as long as it is what it is, such as a Service that customers call, is in its configuration instead.
Such an exception gives a reason of three words or more, without which the engine refuses the file, and is shown in every run too:

    "kubernetes-service-exposure": {
      "exposed": [{ "reason": "Customers call it directly", "names": ["shop/api"] }]
    }

## What holds data

Policies judge what a stack is to be, and cannot see what a change takes away. The guard reads a plan and fails when it deletes
or replaces a database, a bucket, a volume, a cluster or anything else that holds data or is protected:

    pulumi preview --stack prod --json > plan.json
    make guard PLAN=plan.json

A loss that is meant is named, with its last day and a reason, in \`policies/guard/approvals.json\`:

    [{ "urn": "urn:pulumi:prod::...", "operation": "replace", "until": "2027-03-31", "reason": "moves to another region" }]

## Beside other packs

Pulumi's AWSGuard 0.3.1 (26 policies, read 2026-11) was run over the plans of prod and staging. It finds one thing that this pack
does not say: \`s3-bucket-logging-enabled\`, on every bucket. It looks for \`loggings\` in the bucket itself, which AWS's provider has
left for resources of their own: the program declares an \`aws.s3.BucketLogging\` for each bucket that applications write to. The
bucket that takes the logs cannot log to itself, and replicas are written by the replication alone, whose source is logged. No
policy demands logs of all, since a bucket of public files or of logs has no use for them. Pulumi's compliance-ready packs are not
on npm.

This page is generated from the policies and their tests by \`npm run docs\`.
`;

/** The reference page of all policies. */
export function policiesPage(): string {
  return [introduction, contents(), ...allCases.map(section)].join("\n");
}

function contents(): string {
  return [
    "## All policies",
    "",
    "| Policy | Severity | Judges | Remediates | Demands |",
    "| --- | --- | --- | --- | --- |",
    ...allCases.map(({ policy }) =>
      row([
        `[${policy.id}](#${policy.id})`,
        policy.severity,
        `each ${policy.scope}`,
        remediates(policy) ? "yes" : "no",
        policy.what,
      ]),
    ),
    "",
  ].join("\n");
}

function section({ policy, catches, passes }: Cases): string {
  const [failing] = catches;
  const [passing] = passes;
  return [
    `## ${policy.id}`,
    "",
    `${policy.what} ${policy.why}`,
    "",
    `- Severity: ${policy.severity}${policy.advisory ? `; advisory by default, ${levelOf(policy, "prod")} in production` : ""}`,
    `- Serves: ${policy.standards.join("; ")}`,
    `- Remedy: ${policy.remediation}`,
    `- Remediates: ${remediates(policy) ?? "no"}`,
    "",
    ...configuration(policy),
    ...(failing ? [`Fails: ${failing.name}`, "", example(failing), ...messages(failing)] : []),
    ...(passing ? [`Passes: ${passing.name}`, "", example(passing)] : []),
  ].join("\n");
}

/** The level at which a stack of this project runs a policy. */
function levelOf({ id }: Policy, stack: string): string {
  const configuration = stackConfiguration(stack);
  const own = configuration[id];
  if (typeof own === "string") return own;
  const level: unknown = Object(own).enforcementLevel;
  return String(level ?? configuration.all);
}

/** What the policy fixes by itself. */
function remediates(policy: Policy): string | undefined {
  return policy.scope === "resource" ? policy.remediates : undefined;
}

function configuration(policy: Policy): readonly string[] {
  const settings: readonly [string, { readonly description: string; readonly default: unknown }][] =
    Object.entries(policy.configuration ?? {});
  if (settings.length === 0) return [];
  return [
    "| Configuration | Default | Meaning |",
    "| --- | --- | --- |",
    ...settings.map(([key, schema]) =>
      row([`\`${key}\``, `\`${JSON.stringify(schema.default)}\``, schema.description]),
    ),
    "",
  ];
}

function messages({ violations }: CatchingCase): readonly string[] {
  return violations.map(
    (message) => `> ${message.slice(message.indexOf(": ") + 2).replaceAll("\n", "\n> ")}\n`,
  );
}

function example({ resources, configuration, after = [] }: PassingCase): string {
  const settings = [
    ...after.map(([{ id }, settings]) => `# configuration of ${id}: ${JSON.stringify(settings)}\n`),
    ...(configuration ? [`# configuration: ${JSON.stringify(configuration)}\n`] : []),
  ];
  const documents = resources.map(
    ({ type, properties }) => `# ${type}\n${stringify(properties, { lineWidth: 0 })}`,
  );
  return ["```yaml", `${settings.join("")}${documents.join("---\n")}\`\`\``, ""].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
