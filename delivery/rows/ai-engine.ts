import { cpuMillis, memoryMib } from "../../primitives/quantity";
import type { Workload } from "../cluster/kinds";
import { atlasNamespace, hosts, type LiveCluster } from "../cluster/live-cluster";
import { type Finding, type Row, type Verdict, verdictOf } from "../row";
import { differs, missing, notRunning } from "./findings";
import { fewestReplicas } from "./replicas";

const name = "ai-engine";
const seed = "001 Kubernetes AI Engine Deployment";

/** AI Engine deployment and health. (001, A2) */
export const aiEngineRows: readonly Row<LiveCluster>[] = [
  {
    id: "ai-engine-running",
    title: "AI Engine runs with all replicas",
    seed,
    appliesTo: hosts("atlas"),
    check: (cluster) =>
      onDeployment(cluster, (engine) =>
        notRunning("Deployment", engine, fewestReplicas(cluster.state, engine) ?? 1),
      ),
  },
  {
    id: "ai-engine-probes",
    title: "AI Engine is watched by liveness, readiness and startup probes",
    seed,
    appliesTo: hosts("atlas"),
    check: (cluster) =>
      onDeployment(cluster, ({ metadata, spec }) =>
        spec.template.spec.containers
          .filter((container) => container.name === name)
          .flatMap(({ livenessProbe, readinessProbe, startupProbe }) =>
            Object.entries({ livenessProbe, readinessProbe, startupProbe })
              .filter(([, probe]) => probe === undefined)
              .flatMap(([probe]) => differs("Deployment", metadata, probe, "is there", undefined)),
          ),
      ),
  },
  {
    id: "ai-engine-resources",
    title: "AI Engine asks for 1 CPU and 2 Gi, and gets at most 2 CPUs and 4 Gi, or what the stack gives it",
    seed,
    appliesTo: (cluster) => hosts("atlas")(cluster) && cluster.facts.environment === "production",
    check: (cluster) =>
      onDeployment(cluster, ({ metadata, spec }) =>
        spec.template.spec.containers
          .filter((container) => container.name === name)
          .flatMap(({ resources: { requests, limits } }) => {
            const size = cluster.facts.sizes[name];
            const [asked, most] = [
              { cpu: "1", memory: "2Gi", ...size?.requests },
              { cpu: "2", memory: "4Gi", ...size?.limits },
            ];
            return [
              ...differs("Deployment", metadata, "requests", amountsOf(asked), amountsOf(requests)),
              ...differs("Deployment", metadata, "limits", amountsOf(most), amountsOf(limits)),
            ];
          }),
      ),
  },
  {
    id: "ai-engine-rollout",
    title: "AI Engine is updated without downtime",
    seed,
    appliesTo: hosts("atlas"),
    check: (cluster) =>
      onDeployment(cluster, ({ metadata, spec }) =>
        differs("Deployment", metadata, "maxUnavailable", 0, spec.strategy?.rollingUpdate?.maxUnavailable),
      ),
  },
  {
    id: "ai-engine-hardened",
    title: "AI Engine runs without root, capabilities and a writable file system",
    seed: "001 Container Security",
    appliesTo: hosts("atlas"),
    check: (cluster) =>
      onDeployment(cluster, ({ metadata, spec }) => [
        ...differs(
          "Deployment",
          metadata,
          "runAsNonRoot",
          true,
          spec.template.spec.securityContext.runAsNonRoot,
        ),
        ...spec.template.spec.containers.flatMap(({ securityContext: security }) => [
          ...differs("Deployment", metadata, "readOnlyRootFilesystem", true, security.readOnlyRootFilesystem),
          ...differs(
            "Deployment",
            metadata,
            "allowPrivilegeEscalation",
            false,
            security.allowPrivilegeEscalation,
          ),
          ...differs("Deployment", metadata, "dropped capabilities", ["ALL"], security.capabilities.drop),
        ]),
      ]),
  },
];

/** Normalized, because the API server writes `1000m` as `1`. */
function amountsOf({ cpu, memory }: Readonly<Record<string, string>>): string | undefined {
  return cpu === undefined || memory === undefined
    ? undefined
    : `${cpuMillis(cpu)}m CPU and ${memoryMib(memory)}Mi`;
}

function onDeployment(cluster: LiveCluster, check: (engine: Workload) => readonly Finding[]): Verdict {
  const namespace = atlasNamespace(cluster);
  const engine = cluster.state.find("Deployment", namespace, name);
  return verdictOf(engine === undefined ? [missing("Deployment", namespace, name)] : check(engine));
}
