import type { Values } from "../value";
import type { Sample } from "./cases";

/** A container that every policy is content with, save for what is overridden. */
export function container(overrides: Values = {}): Values {
  return {
    name: "app",
    image: "registry.example.com/app:1.4.2",
    securityContext: {
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    livenessProbe: { httpGet: { path: "/live", port: 8080 } },
    readinessProbe: { httpGet: { path: "/ready", port: 8080 } },
    resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: "1", memory: "128Mi" } },
    ...overrides,
  };
}

export function pod(spec: Values, name = "app"): Sample {
  return {
    type: "kubernetes:core/v1:Pod",
    name,
    properties: { metadata: { name, namespace: "shop" }, spec },
  };
}

/** A pod with the same container in every role. */
export function everyRole(one: Values): Sample {
  return pod({
    containers: [one],
    initContainers: [one, { ...one, restartPolicy: "Always" }],
    ephemeralContainers: [one],
  });
}

/** One workload of every kind that makes pods, all from the same pod spec. */
export function everyWorkload(spec: Values): readonly Sample[] {
  const template = { metadata: { labels: { app: "app" } }, spec };
  const kinds: readonly (readonly [type: string, spec: Values])[] = [
    ["core/v1:ReplicationController", { template }],
    ["apps/v1:Deployment", { template }],
    ["apps/v1:StatefulSet", { template }],
    ["apps/v1:DaemonSet", { template }],
    ["apps/v1:ReplicaSet", { template }],
    ["batch/v1:Job", { template }],
    ["batch/v1:CronJob", { jobTemplate: { spec: { template } } }],
  ];
  return kinds.map(([type, spec]) => ({
    type: `kubernetes:${type}`,
    name: type.split(":")[1],
    properties: { metadata: { name: "app", namespace: "shop" }, spec },
  }));
}

/** A Kubernetes object in namespace `shop`, unless its metadata says otherwise. */
export function object(type: string, name: string, spec: Values, metadata: Values = {}): Sample {
  return {
    type: `kubernetes:${type}`,
    name,
    properties: { metadata: { name, namespace: "shop", ...metadata }, spec },
  };
}

export function namespace(metadata: Values = {}): Sample {
  return {
    type: "kubernetes:core/v1:Namespace",
    name: "shop",
    properties: { metadata: { name: "shop", ...metadata } },
  };
}

export const eksCluster: Sample = {
  type: "aws:eks/cluster:Cluster",
  name: "cluster",
  properties: { name: "main" },
};

/** A pool of up to ten m6i.2xlarge on demand, save for what is overridden. */
export function eksPool(name: string, overrides: Values): Sample {
  return {
    type: "aws:eks/nodeGroup:NodeGroup",
    name,
    properties: { instanceTypes: ["m6i.2xlarge"], scalingConfig: { maxSize: 10 }, ...overrides },
  };
}

export function bucket(name: string): Sample {
  return { type: "aws:s3/bucket:Bucket", name, properties: { bucket: name } };
}

/** A resource that says something about the bucket `models`, such as its policy. */
export function ofBucket(what: string, properties: Values): Sample {
  return {
    type: `aws:s3/bucket${what}:Bucket${what}`,
    name: what,
    properties: { bucket: "models", ...properties },
  };
}

export function release(overrides: Values): Sample {
  return {
    type: "kubernetes:helm.sh/v3:Release",
    properties: {
      chart: "app",
      version: "1.2.3",
      repositoryOpts: { repo: "https://charts.example.com" },
      atomic: true,
      cleanupOnFail: true,
      ...overrides,
    },
  };
}
