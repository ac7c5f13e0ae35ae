import { withPassing } from "../../model/expand";
import { Model, type ModelObject } from "../../model/model";

/** The model with objects that clusters contain from the start, and with temporary objects. */
export function withGiven(model: Model): Model {
  const { objects } = withPassing(model);
  return new Model(model.stack, [...objects, ...model.clusters.flatMap((cluster) => dnsOf(cluster, model))]);
}

const labels = { "k8s-app": "kube-dns" };

/** EKS, LKE, kind, minikube and k3s all have CoreDNS behind this Service. */
function dnsOf(cluster: string, model: Model): readonly ModelObject[] {
  const common = {
    cluster,
    namespace: "kube-system",
    system: "platform",
    origin: { by: "cluster" },
  } as const;
  if (model.find({ ...common, kind: "Service", name: "kube-dns" })) return [];
  const ports = [
    { name: "dns", port: 53, protocol: "UDP" },
    { name: "dns-tcp", port: 53 },
    { name: "metrics", port: 9153 },
  ];
  return [
    {
      ...common,
      kind: "Service",
      name: "kube-dns",
      type: "ClusterIP",
      selector: labels,
      ports: ports.map((port) => ({ ...port, targetPort: port.port })),
    },
    {
      ...common,
      kind: "Deployment",
      name: "coredns",
      pod: { labels, automountToken: false, containers: [{ name: "coredns", image: "coredns", ports }] },
    },
  ];
}
