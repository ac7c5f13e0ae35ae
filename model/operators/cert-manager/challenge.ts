import type { Operator } from "../operator";
import { type Made, madeFor } from "../parts/made";
import { secret } from "../parts/secret";
import { port, service } from "../parts/service";
import { certificateSpec, ownLabel } from "./certificate";
import { issuerOf, solverOf } from "./issuer";

const solver = "cm-acme-http-solver";
const solverPort = 8089;

/** Labels of cert-manager 1.21.1's solvers, without those of domain and token that tell solvers apart. */
const solverLabels = { "acme.cert-manager.io/http01-solver": "true" };

/**
 * What cert-manager 1.21.1 creates while it issues a certificate, and then deletes: the next key, and for
 * each name with an HTTP-01 challenge a pod with its Service and an Ingress (none where it edits the existing
 * Ingress). Real names end with random letters instead of a number.
 */
export const challenges: Operator = (resource, around) => {
  const { name, annotations = {} } = resource.metadata;
  const spec = certificateSpec.parse(resource.spec);
  const issuer = issuerOf(resource, around);
  const inPlace = annotations["acme.cert-manager.io/http01-edit-in-place"] === "true";
  const next = secret(`${name}-next`, ["tls.key"], {
    ...ownLabel,
    "cert-manager.io/next-private-key": "true",
  });
  const ofHost = (host: string, index: number): readonly Made[] => {
    const http01 = issuer && solverOf(issuer, host)?.http01;
    if (http01 === undefined) return [];
    const labels = { ...http01.ingress?.podTemplate?.metadata?.labels, ...solverLabels };
    const type = http01.ingress?.serviceType ?? "NodePort";
    const own = `${solver}-${name}-${index}`;
    const ports = [port("http", solverPort)];
    return [
      service({ name: own, labels: solverLabels, selector: solverLabels, ports, type }),
      { kind: "Pod", name: own, pod: solverPod(labels) },
      ...(inPlace ? [] : [{ kind: "Ingress", name: own, labels: { ...solverLabels } }]),
    ];
  };
  return [next, ...spec.dnsNames.flatMap(ofHost)].map(madeFor(resource));
};

function solverPod(labels: Readonly<Record<string, string>>): Made["pod"] {
  return {
    labels: { ...labels },
    serviceAccount: "default",
    automountToken: false,
    restartPolicy: "OnFailure",
    nodeSelector: { "kubernetes.io/os": "linux" },
    security: { runAsNonRoot: true, seccomp: "RuntimeDefault" },
    grace: 30,
    containers: [
      {
        name: "acmesolver",
        image: "quay.io/jetstack/cert-manager-acmesolver:v1.21.1",
        ports: [{ name: "http", port: solverPort }],
        resources: {
          requests: { cpu: "10m", memory: "64Mi" },
          limits: { cpu: "100m", memory: "64Mi" },
        },
        security: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, drop: ["ALL"] },
      },
    ],
  };
}
