import { at, listAt, mapAt, numberAt } from "../../model/facts/read";
import type { Model, ModelObject, Workload } from "../../model/model";
import { selectsLabels } from "../../primitives/labels";
import { type Evidence, type Fault, nameOf, type Verdict } from "../proof";
import { each, sum } from "../verdict";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
const source =
  "aws-load-balancer-controller: Service annotations, pod readiness gates; Elastic Load Balancing: target groups";
/** Load balancers in front of pods: encrypted on the internet, with a name, and drained without a loss. */
export function ownBalancers(evidence: Evidence): Verdict {
  return sum([ofAws(evidence), ofOthers(evidence)]);
}

/** Where the ingress listens: it ends TLS itself. */
const ingress = /\/nginx-ingress:/;

/** A load balancer of another cloud, in front of anything but the ingress, passes on what visitors say as they say it. */
function ofOthers({ model }: Evidence): Verdict {
  const services = model
    .of("Service")
    .filter(
      ({ manifest, type }) =>
        type === "LoadBalancer" && at(manifest, "spec", "loadBalancerClass") !== "service.k8s.aws/nlb",
    );
  return each(services, (service) =>
    podsBehind(model, service).some(({ pod }) => pod.containers.some(({ image }) => ingress.test(image)))
      ? undefined
      : {
          object: nameOf(service),
          rule: "the world reaches it, and it speaks in the clear",
          source: "Kubernetes, Services: a load balancer without a certificate passes connections on",
          fix: "lead visitors there by the ingress, or keep it inside",
        },
  );
}

function ofAws({ model }: Evidence): Verdict {
  const services = model
    .of("Service")
    .filter(
      ({ manifest, type }) =>
        type === "LoadBalancer" && at(manifest, "spec", "loadBalancerClass") === "service.k8s.aws/nlb",
    );
  return each(services, (service) => {
    const annotations = mapAt(service.manifest, "metadata", "annotations") ?? {};
    const fault = (rule: string, fix: string): Fault => ({ object: nameOf(service), rule, source, fix });
    const isOpen = annotations[`${prefix}scheme`] === "internet-facing";
    const attributes = annotations[`${prefix}target-group-attributes`] ?? "";
    const leaves = Number(/deregistration_delay\.timeout_seconds=(\d+)/.exec(attributes)?.[1] ?? 300);
    const short = podsBehind(model, service).filter((workload) => drainOf(workload) <= leaves);
    const namespace = model.find({
      cluster: service.cluster,
      kind: "Namespace",
      namespace: undefined,
      name: service.namespace ?? "",
    });
    return [
      ...(isOpen && annotations[`${prefix}ssl-cert`] === undefined
        ? [
            fault(
              "the world reaches it, and it speaks in the clear",
              "give it a certificate of ACM, or keep it inside",
            ),
          ]
        : []),
      ...(isOpen && annotations["external-dns.alpha.kubernetes.io/hostname"] === undefined
        ? [fault("the world reaches it, and it has no name", "name it for external-dns")]
        : []),
      ...(isOpen && !attributes.includes("preserve_client_ip.enabled=true")
        ? [fault("its pods see its own addresses, and not visitors'", "set preserve_client_ip.enabled")]
        : []),
      ...short.map(({ name }) =>
        fault(
          `it sends to pods of ${name} for ${leaves} s after they were told to go, and they serve on for less`,
          "sleep longer before the end",
        ),
      ),
      ...(namespace && namespace.labels?.["elbv2.k8s.aws/pod-readiness-gate-inject"] !== "enabled"
        ? [
            fault(
              "a rollout takes old pods away before it sends to new ones",
              "label the namespace for readiness gates",
            ),
          ]
        : []),
    ];
  });
}

/** The workloads whose pods are behind a Service. */
export function podsBehind({ workloads }: Model, service: ModelObject): readonly Workload[] {
  const { cluster, namespace, selector } = service;
  return selector === undefined
    ? []
    : workloads.filter(
        (one) =>
          one.cluster === cluster &&
          one.namespace === namespace &&
          selectsLabels({ matchLabels: selector }, one.pod.labels),
      );
}

/** Seconds that a workload's pods keep serving after the termination signal. */
function drainOf({ manifest }: Workload): number {
  const containers = listAt(manifest, "spec", "template", "spec", "containers");
  return Math.max(
    0,
    ...containers.map((one) => numberAt(one, "lifecycle", "preStop", "sleep", "seconds") ?? 0),
  );
}
