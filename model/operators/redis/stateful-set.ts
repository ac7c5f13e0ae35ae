import type { ClaimFacts, Labels } from "../../facts/object";
import { containerFactsOf, securityOf } from "../../facts/of-container";
import type { ContainerFacts } from "../../facts/pod";
import { refsOf } from "../parts/container";
import type { Made } from "../parts/made";
import { placed } from "../parts/placement";
import type { CommonSpec, PodsSpec } from "./spec";

/** The operator's own image, in which redis-operator 0.26.0's init container writes the configuration. */
const operatorImage = "quay.io/opstree/redis-operator:v0.26.0";

interface StatefulSetOptions {
  readonly name: string;
  readonly labels: Labels;
  readonly replicas: number;
  readonly spec: CommonSpec;
  readonly pods: PodsSpec;
  /** Default: those of the custom resource as a whole. */
  readonly resources?: CommonSpec["kubernetesConfig"]["resources"];
  /** ConfigMap with the user's own configuration. */
  readonly configuration: string | undefined;
  /** Secrets that the server reads besides its password. */
  readonly refs?: readonly string[];
  readonly claims: readonly ClaimFacts[];
  /** Where the server has its claims. */
  readonly claimMounts: readonly string[];
}

export function statefulSet(options: StatefulSetOptions): Made {
  const { name, labels, replicas, spec, pods, configuration, claims } = options;
  const external = configuration === undefined ? [] : ["/etc/redis/external.conf.d"];
  const refs = [...passwordOf(spec), ...(options.refs ?? []), ...refsOf(spec)];
  const server = {
    resources: options.resources ?? spec.kubernetesConfig.resources,
    refs: refs.length > 0 ? refs : undefined,
  };
  const given = spec.initContainer;
  return {
    kind: "StatefulSet",
    name,
    labels: { ...labels },
    replicas,
    claims: claims.length > 0 ? [...claims] : undefined,
    pod: {
      labels: { ...labels },
      serviceAccount: spec.serviceAccountName,
      ...placed({ ...pods, priorityClassName: spec.priorityClassName }),
      security: securityOf(spec.podSecurityContext),
      grace: pods.terminationGracePeriodSeconds,
      volumes: [...(configuration === undefined ? [] : [`configMap ${configuration}`]), "emptyDir"],
      containers: [
        {
          ...server,
          name: "init-config",
          init: true,
          image: operatorImage,
          mounts: ["/etc/redis", ...external],
          security: securityOf(given?.securityContext),
        },
        ...(given?.enabled ? [containerFactsOf({ ...given, name: `init${name}` }, "init")] : []),
        {
          ...server,
          name,
          image: spec.kubernetesConfig.image,
          mounts: [...options.claimMounts, "/etc/redis", ...external],
          security: securityOf(pods.securityContext),
        },
        ...exporter(spec),
        ...spec.sidecars.map((one) => containerFactsOf(one, "main")),
      ],
    },
  };
}

function passwordOf({ kubernetesConfig: { redisSecret } }: CommonSpec): readonly string[] {
  return redisSecret ? [`secret ${redisSecret.name}/${redisSecret.key}`] : [];
}

function exporter(spec: CommonSpec): readonly ContainerFacts[] {
  const { redisExporter } = spec;
  if (!redisExporter?.enabled) return [];
  const refs = [...passwordOf(spec), ...refsOf(redisExporter)];
  return [
    {
      name: "redis-exporter",
      image: redisExporter.image,
      ports: [{ name: "redis-exporter", port: redisExporter.port }],
      resources: redisExporter.resources,
      refs: refs.length > 0 ? refs : undefined,
      mounts: ["/etc/redis"],
      security: securityOf(redisExporter.securityContext),
    },
  ];
}
