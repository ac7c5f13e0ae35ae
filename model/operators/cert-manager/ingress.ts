import { z } from "zod";
import { textsAt } from "../../facts/read";
import type { CustomResource, Operator } from "../operator";
import { madeFor } from "../parts/made";
import { challenges } from "./challenge";

const ingressSpec = z.object({
  tls: z
    .array(z.object({ hosts: z.array(z.string()).default([]), secretName: z.string().optional() }))
    .default([]),
});

const issuerKinds = [
  { annotation: "cert-manager.io/cluster-issuer", kind: "ClusterIssuer" },
  { annotation: "cert-manager.io/issuer", kind: "Issuer" },
];

/**
 * Certificates that cert-manager 1.21.1 creates for an Ingress with an issuer, one for each Secret of its
 * hosts.
 */
function certificatesOf({ metadata, spec }: CustomResource): readonly CustomResource[] {
  const { annotations = {}, labels, namespace } = metadata;
  const asked = issuerKinds.find(({ annotation }) => annotations[annotation] !== undefined);
  if (asked === undefined) return [];
  const issuerRef = { kind: asked.kind, name: annotations[asked.annotation] };
  return ingressSpec.parse(spec).tls.flatMap(({ hosts, secretName }) =>
    secretName === undefined || hosts.length === 0
      ? []
      : [
          {
            apiVersion: "cert-manager.io/v1",
            kind: "Certificate",
            metadata: { name: secretName, namespace, labels, annotations },
            spec: { secretName, dnsNames: hosts, issuerRef },
          },
        ],
  );
}

/** Certificates of an Ingress; the operator of Certificates does the rest. */
export const ingress: Operator = (resource) =>
  certificatesOf(resource).map(({ apiVersion, kind, metadata: { name, labels }, spec }) =>
    madeFor(resource)({
      apiVersion,
      kind,
      name,
      labels: labels && { ...labels },
      secret: name,
      dnsNames: [...textsAt(spec, "dnsNames")],
      spec: { ...spec },
    }),
  );

/** Temporary objects while the certificates of an Ingress are issued. */
export const ingressChallenges: Operator = (resource, around) =>
  certificatesOf(resource).flatMap((made) => challenges(made, around));
