import type { ModelObject, Workload } from "../../../model/model";
import { podEnd } from "../call";
import { type Context, callsToService, type Need } from "../context";
import { notCalled } from "./not-called";

/** Pods reach the addresses in their arguments, environment and configuration. */
export const callsByAddress: Need = (context) =>
  context.workloads.flatMap((workload) =>
    namedBy(context, workload).flatMap(({ address, where }) => {
      const service = serviceAt(context, workload, address);
      const port = Number(address.split(":").at(-1));
      if (service === undefined || notCalled(workload, service, port)) return [];
      const reason = { why: `is told ${address} by ${where}`, source: "its own configuration" };
      return callsToService(context, podEnd(workload), service, port, reason);
    }),
  );

interface Named {
  readonly address: string;
  readonly where: string;
}

function namedBy({ model }: Context, { cluster, namespace, pod, owner }: Workload): readonly Named[] {
  const own = pod.containers.flatMap(({ name, urls = [] }) =>
    urls.map((address) => ({ address, where: `container ${name}` })),
  );
  const read = [
    ...pod.containers.flatMap(({ refs = [] }) => refs),
    ...(pod.volumes ?? []).filter((volume) => /^(secret|configMap) /.test(volume)),
  ].map((reference) => {
    const [kind = "", path = ""] = reference.split(" ");
    return { kind: kind === "secret" ? "Secret" : "ConfigMap", name: path.split("/")[0] ?? "" };
  });
  const [ownerKind = "", ownerName = ""] = owner?.split("/") ?? [];
  const objects = [...read, ...(owner === undefined ? [] : [{ kind: ownerKind, name: ownerName }])];
  const texts = objects.flatMap(({ kind, name }) =>
    (model.find({ cluster, kind, namespace, name })?.urls ?? []).map((address) => ({
      address,
      where: `${kind} ${name}`,
    })),
  );
  return [...new Map([...own, ...texts].map((one) => [one.address, one])).values()];
}

/** The Service of an address such as `qdrant.atlas.svc:6333`; undefined when there is none of that name. */
export function serviceAt({ model }: Context, workload: Workload, address: string): ModelObject | undefined {
  const host = address.replace(/:\d+$/, "").replace(/\.svc(\..*)?$/, "");
  const labels = host.split(".");
  const { cluster, namespace: own } = workload;
  const candidates = [
    { name: labels.at(-2) ?? labels[0], namespace: labels.length > 1 ? labels.at(-1) : own },
    // A label before the Service's is a pod's own name.
    { name: labels.at(-1), namespace: own },
  ];
  return candidates
    .flatMap(({ name, namespace }) =>
      name === undefined ? [] : [model.find({ cluster, kind: "Service", namespace, name })],
    )
    .find((service) => service !== undefined);
}
