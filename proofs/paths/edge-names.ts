import { z } from "zod";
import { mapAt } from "../../model/facts/read";
import type { Plan } from "../../model/plan";
import { type Evidence, type Fault, nameOf, type Verdict } from "../proof";
import { each, nothing, sum } from "../verdict";

const source =
  "CloudFront developer guide, alternate domain names, certificates of us-east-1, AWS WAF; ACM, DNS validation";
const distribution = z.object({
  aliases: z.array(z.string()).default([]),
  webAclId: z.string().optional(),
  origins: z
    .array(z.object({ domainName: z.string().default(""), customOriginConfig: z.unknown().optional() }))
    .default([]),
  viewerCertificate: z.object({ acmCertificateArn: z.string().optional() }).default({}),
});
const certificate = z.object({
  domainName: z.string(),
  subjectAlternativeNames: z.array(z.string()).default([]),
  validationMethod: z.string().optional(),
});
const record = z.object({
  name: z.string(),
  type: z.string(),
  records: z.array(z.string()).default([]),
  aliases: z.array(z.object({ name: z.string() })).default([]),
});
const validation = z.object({ certificateArn: z.string() });

type Certificate = z.infer<typeof certificate>;

/** What stands before the ingress has names that lead to it, certificates of these names, and a firewall. */
export function edgeNames({ model, plan }: Evidence): Verdict {
  if (plan === undefined) return nothing;
  return sum([
    each(
      plan.all("aws:cloudfront/distribution:Distribution", distribution),
      ({ name, inputs, dependsOn }) => [
        ...nameFaults(plan, name, inputs),
        ...certificateFaults(plan, name, inputs, dependsOn),
        ...firewallFaults(plan, name, inputs.webAclId),
        ...originFaults(plan, name, inputs),
      ],
    ),
    each(plan.all("aws:acm/certificate:Certificate", certificate), ({ name, inputs }) =>
      proofFault(plan, name, inputs),
    ),
    each(
      model.of("Service").filter(({ type }) => type === "LoadBalancer"),
      (service) =>
        balancerFault(plan, nameOf(service), mapAt(service.manifest, "metadata", "annotations") ?? {}),
    ),
  ]);
}

function faultOf(object: string, rule: string, fix: string): Fault {
  return { object, rule, source, fix };
}

/** Whether the plan writes a zone: elsewhere people make records themselves. */
function hasZone(plan: Plan, host: string): boolean {
  return plan
    .all("aws:route53/zone:Zone", z.object({ name: z.string() }))
    .some(({ inputs }) => host === inputs.name || host.endsWith(`.${inputs.name}`));
}

function nameFaults(plan: Plan, name: string, { aliases }: z.infer<typeof distribution>): readonly Fault[] {
  const leading = plan
    .all("aws:route53/record:Record", record)
    .filter(
      ({ inputs }) =>
        inputs.type !== "AAAA" &&
        [...inputs.records, ...inputs.aliases.map((one) => one.name)].some((to) => to.startsWith(`${name}.`)),
    )
    .map(({ inputs }) => inputs.name);
  return aliases
    .filter((alias) => hasZone(plan, alias) && !leading.includes(alias))
    .map((alias) => faultOf(name, `no record leads ${alias} to it`, "make a record of the type A for it"));
}

function certificateFaults(
  plan: Plan,
  name: string,
  { aliases, viewerCertificate }: z.infer<typeof distribution>,
  dependsOn: readonly string[],
): readonly Fault[] {
  const arn = viewerCertificate.acmCertificateArn;
  const found = certificateOf(plan, arn);
  if (found === undefined) return [];
  const proven = plan
    .all("aws:acm/certificateValidation:CertificateValidation", validation)
    .filter(({ inputs }) => inputs.certificateArn === arn);
  return [
    ...aliases
      .filter((alias) => !covers(found, alias))
      .map((alias) =>
        faultOf(
          name,
          `its certificate is not for ${alias}: CloudFront refuses the name`,
          "add the name to the certificate",
        ),
      ),
    ...(proven.some(({ urn }) => dependsOn.includes(urn))
      ? []
      : [
          faultOf(
            name,
            "it does not wait until its certificate is issued: CloudFront refuses it",
            "take the certificate from its CertificateValidation",
          ),
        ]),
  ];
}

function certificateOf(plan: Plan, arn: string | undefined): Certificate | undefined {
  return plan
    .all("aws:acm/certificate:Certificate", certificate)
    .find(({ name }) => `arn:aws:acm/certificate:Certificate:${name}` === arn)?.inputs;
}

function covers({ domainName, subjectAlternativeNames }: Certificate, host: string): boolean {
  const wide = host.replace(/^[^.]+/, "*");
  return [domainName, ...subjectAlternativeNames].some((name) => name === host || name === wide);
}

function firewallFaults(plan: Plan, name: string, arn: string | undefined): readonly Fault[] {
  const found = plan
    .all("aws:wafv2/webAcl:WebAcl", z.object({ scope: z.string() }))
    .find((one) => `arn:aws:wafv2/webAcl:WebAcl:${one.name}` === arn);
  if (arn === undefined)
    return [faultOf(name, "no firewall stands before it", "name the web ACL in webAclId")];
  return found === undefined || found.inputs.scope === "CLOUDFRONT"
    ? []
    : [
        faultOf(
          name,
          `its firewall ${found.name} is of the scope ${found.inputs.scope}: CloudFront takes none but CLOUDFRONT`,
          "set the scope of the web ACL",
        ),
      ];
}

/** The origin's name is one that a Service, a chart or a record of the plan has. */
function originFaults(plan: Plan, name: string, { origins }: z.infer<typeof distribution>): readonly Fault[] {
  const others = plan.resources.filter(({ type }) => /^kubernetes:|^aws:route53\/record:/.test(type));
  return origins
    .filter(
      ({ domainName, customOriginConfig }) => customOriginConfig !== undefined && hasZone(plan, domainName),
    )
    .filter(({ domainName }) => !others.some(({ inputs }) => names(inputs, domainName)))
    .map(({ domainName }) =>
      faultOf(
        name,
        `nothing has the name of its origin, ${domainName}`,
        "name the load balancer of the ingress",
      ),
    );
}

function names(value: unknown, host: string): boolean {
  if (typeof value === "string") return value === host;
  return typeof value === "object" && value !== null && Object.values(value).some((one) => names(one, host));
}

function proofFault(
  plan: Plan,
  name: string,
  { domainName, validationMethod }: Certificate,
): Fault | undefined {
  const isProven = plan
    .all("aws:route53/record:Record", record)
    .some(({ inputs }) => inputs.type === "CNAME" && inputs.records.some((to) => to.startsWith(`${name}.`)));
  return validationMethod !== "DNS" || isProven || !hasZone(plan, domainName)
    ? undefined
    : faultOf(
        name,
        `no record proves ${domainName}: it is never issued`,
        "make the record that ACM asks for",
      );
}

function balancerFault(
  plan: Plan,
  object: string,
  annotations: Readonly<Record<string, string>>,
): Fault | undefined {
  const host = annotations["external-dns.alpha.kubernetes.io/hostname"];
  const found = certificateOf(plan, annotations["service.beta.kubernetes.io/aws-load-balancer-ssl-cert"]);
  return host === undefined || found === undefined || covers(found, host)
    ? undefined
    : faultOf(
        object,
        `its certificate is for ${found.domainName}, and its name is ${host}`,
        "name the same host in both",
      );
}
