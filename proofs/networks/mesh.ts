import { z } from "zod";
import { labels } from "../../model/facts/object";
import type { Model, ModelObject, Workload } from "../../model/model";
import type { Cidr } from "../../primitives/cidr";
import { selectsLabels } from "../../primitives/labels";
import type { Call } from "./call";

/** Port of the ambient mesh's tunnel, on the address of each member pod. */
export const tunnelPort = 15008;

/** Source address of a kubelet's probes to such pods: 169.254.7.127. */
export const probeRange: Cidr = { base: 0xa9fe077f, prefix: 32 };

/** https://istio.io/latest/docs/ambient/usage/networkpolicy/, /architecture/data-plane/ (read 2026-11). */
export const meshSource =
  "Istio: Ambient and Kubernetes NetworkPolicy; PeerAuthentication and AuthorizationPolicy";

const selected = z.strictObject({ matchLabels: labels.default({}) }).optional();

const authorization = z.strictObject({
  selector: selected,
  action: z.literal("ALLOW"),
  rules: z
    .array(
      z.strictObject({
        from: z
          .array(z.strictObject({ source: z.strictObject({ namespaces: z.array(z.string()) }) }))
          .optional(),
        to: z.array(z.strictObject({ operation: z.strictObject({ ports: z.array(z.string()) }) })).optional(),
      }),
    )
    .default([]),
});

const mode = z.enum(["STRICT", "PERMISSIVE", "UNSET", "DISABLE"]);
const authentication = z.strictObject({
  selector: selected,
  mtls: z.strictObject({ mode }).optional(),
  portLevelMtls: z.record(z.string(), z.strictObject({ mode })).default({}),
});

/** The ambient mesh of a model: its members, and what its node proxies refuse. */
export class Mesh {
  readonly #members = new Set<string>();
  readonly #authorizations: readonly Read<z.infer<typeof authorization>>[];
  readonly #authentications: readonly Read<z.infer<typeof authentication>>[];
  readonly #guards = new Map<Workload, readonly Read<z.infer<typeof authorization>>[]>();

  /** @throws ZodError for a policy with fields that are not implemented here */
  constructor(model: Model) {
    for (const namespace of model.of("Namespace")) {
      if (namespace.labels?.["istio.io/dataplane-mode"] === "ambient") {
        this.#members.add(`${namespace.cluster}/${namespace.name}`);
      }
    }
    this.#authorizations = model.of("AuthorizationPolicy").map((object) => read(object, authorization));
    this.#authentications = model.of("PeerAuthentication").map((object) => read(object, authentication));
  }

  has({ cluster, namespace, pod }: Workload): boolean {
    return (
      this.#members.has(`${cluster}/${namespace}`) &&
      pod.hostNetwork !== true &&
      pod.labels?.["istio.io/dataplane-mode"] !== "none"
    );
  }

  /** Why the mesh refuses a call; undefined when it does not. */
  refusal({ from, to, port, protocol }: Call): string | undefined {
    if (to.kind !== "pods" || protocol !== "TCP" || !this.has(to.workload)) return undefined;
    // Probes bypass the pod's node proxy, and are recognized by this address.
    if (from.kind === "addresses" && from.ranges.every(({ base }) => base === probeRange.base))
      return undefined;
    const caller = from.kind === "pods" && this.has(from.workload) ? from.workload.namespace : undefined;
    if (caller === undefined && this.#isStrict(to.workload, port)) {
      return `PeerAuthentication wants a certificate on port ${port}, and the caller is not in the mesh`;
    }
    const guards = this.#guardsOf(to.workload);
    const admitted = guards.some(({ spec }) =>
      spec.rules.some(
        (rule) =>
          (rule.from?.some(({ source }) => source.namespaces.includes(caller ?? "")) ?? true) &&
          (rule.to?.some(({ operation }) => operation.ports.includes(String(port))) ?? true),
      ),
    );
    if (guards.length === 0 || admitted) return undefined;
    const names = guards.map(({ name }) => name).join(", ");
    return `AuthorizationPolicy ${names} has no rule for port ${port} from ${caller ?? "outside the mesh"}`;
  }

  #guardsOf(workload: Workload): readonly Read<z.infer<typeof authorization>>[] {
    const known =
      this.#guards.get(workload) ?? this.#authorizations.filter((policy) => applies(policy, workload));
    this.#guards.set(workload, known);
    return known;
  }

  /** The most specific policy with a mode decides. */
  #isStrict(workload: Workload, port: number): boolean {
    const near = this.#authentications.filter((policy) => applies(policy, workload));
    const own = near.find(({ spec }) => spec.selector !== undefined);
    const common = near.find(({ spec }) => spec.selector === undefined);
    const modes = [
      own?.spec.portLevelMtls[String(port)]?.mode,
      own?.spec.mtls?.mode,
      common?.spec.mtls?.mode,
    ];
    return modes.find((one) => one !== undefined && one !== "UNSET") === "STRICT";
  }
}

interface Read<Spec> {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly spec: Spec;
}

function read<Spec>(
  { cluster, namespace = "", name, manifest }: ModelObject,
  form: z.ZodType<Spec>,
): Read<Spec> {
  return { cluster, namespace, name, spec: form.parse(manifest?.spec ?? {}) };
}

function applies(
  {
    cluster,
    namespace,
    spec,
  }: Read<{ readonly selector?: { readonly matchLabels: Record<string, string> } }>,
  workload: Workload,
): boolean {
  return (
    cluster === workload.cluster &&
    (namespace === workload.namespace || namespace === "istio-system") &&
    (spec.selector === undefined || selectsLabels(spec.selector, workload.pod.labels))
  );
}
