import { z } from "zod";
import type { CustomResource, Operator, OperatorContext } from "../operator";
import { madeFor } from "../parts/made";
import { secret } from "../parts/secret";

/** The fields of an Issuer or a ClusterIssuer from which cert-manager 1.21.1 creates objects. */
export const issuerSpec = z.object({
  ca: z.object({}).optional(),
  selfSigned: z.object({}).optional(),
  acme: z
    .object({
      privateKeySecretRef: z.object({ name: z.string() }),
      solvers: z
        .array(
          z.object({
            selector: z.object({ dnsZones: z.array(z.string()).default([]) }).optional(),
            dns01: z.object({}).optional(),
            http01: z
              .object({
                ingress: z
                  .object({
                    serviceType: z.string().optional(),
                    podTemplate: z
                      .object({
                        metadata: z
                          .object({ labels: z.record(z.string(), z.string()).optional() })
                          .optional(),
                      })
                      .optional(),
                  })
                  .optional(),
              })
              .optional(),
          }),
        )
        .default([]),
    })
    .optional(),
});

export type IssuerSpec = z.infer<typeof issuerSpec>;

/** How the ownership of a host is proven. */
export type Solver = NonNullable<IssuerSpec["acme"]>["solvers"][number];

/** Whether a host is a domain, or inside it. */
export function domainHolds(domain: string, host: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/**
 * The solver of a host, as cert-manager 1.21.1 chooses it: that of the longest zone, otherwise one without a
 * selector.
 */
export function solverOf({ acme }: IssuerSpec, host: string): Solver | undefined {
  const weighed = (acme?.solvers ?? []).flatMap((solver) => {
    const zones = solver.selector?.dnsZones ?? [];
    const fitting = zones.filter((zone) => domainHolds(zone, host));
    if (zones.length > 0 && fitting.length === 0) return [];
    return [{ solver, weight: Math.max(0, ...fitting.map((zone) => zone.length)) }];
  });
  return weighed.toSorted((one, other) => other.weight - one.weight)[0]?.solver;
}

const reference = z.object({ issuerRef: z.object({ name: z.string(), kind: z.string().default("Issuer") }) });

/** The issuer of a Certificate; undefined when it is not on the cluster. */
export function issuerOf(certificate: CustomResource, around: OperatorContext): IssuerSpec | undefined {
  const { issuerRef } = reference.parse(certificate.spec);
  const where = issuerRef.kind === "ClusterIssuer" ? "" : certificate.metadata.namespace;
  const found = around
    .resources(`cert-manager.io/${issuerRef.kind}`, where)
    .find(({ metadata }) => metadata.name === issuerRef.name);
  return found && issuerSpec.parse(found.spec);
}

/** The namespace of cert-manager's cluster-wide Secrets: the one that it runs in. */
const clusterNamespace = "cert-manager";

/** The key of an account with an ACME server; other issuers create nothing. */
export const issuer: Operator = (resource) => {
  const { acme } = issuerSpec.parse(resource.spec);
  if (acme === undefined) return [];
  const made = madeFor(resource)(secret(acme.privateKeySecretRef.name, ["tls.key"]));
  return [resource.kind === "ClusterIssuer" ? { ...made, namespace: clusterNamespace } : made];
};
