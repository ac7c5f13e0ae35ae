import type { Value, Values } from "../value";
import type { Sample } from "./cases";
import { container, object } from "./samples";

export function workload(spec: Values): Sample {
  return object("apps/v1:Deployment", "web", {
    template: { spec: { containers: [container()], ...spec } },
  });
}

export function environment(from: Values): Sample {
  return workload({ containers: [container({ env: [{ name: "SETTING", valueFrom: from }] })] });
}

export function data(kind: string, values: Value, metadata: Values = {}): Sample {
  const sample = object(`core/v1:${kind}`, "settings", {}, metadata);
  return {
    ...sample,
    properties: { ...(typeof sample.properties === "object" ? sample.properties : {}), data: values },
  };
}

export function named(type: string, name: string, metadata: Values = {}): Sample {
  return object(type, name, {}, metadata);
}

export function nowhere(path: string, kind: string, name: string): string {
  return `web: ${path} refers to the ${kind} ${name}, which is nowhere: correct the name or declare it.`;
}

export const template = "spec.template.spec";

export const variable = `${template}.containers[0].env[0].valueFrom`;

export const configuration = { outOfSight: [] };

export const scaler = (name: Value): Sample =>
  object("autoscaling/v2:HorizontalPodAutoscaler", "web", {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
  });

export function ingress(service: string, port: Value, metadata: Values = {}): Sample {
  return object(
    "networking.k8s.io/v1:Ingress",
    "web",
    {
      ingressClassName: "nginx",
      tls: [{ secretName: "web-tls" }],
      rules: [{ http: { paths: [{ backend: { service: { name: service, port: { number: port } } } }] } }],
    },
    metadata,
  );
}

export const service: Sample = object("core/v1:Service", "api", { ports: [{ name: "http", port: 80 }] });

/** Objects that charts and operators create, as a stack lists them. */
export const made = {
  outOfSight: [],
  made: [
    { kind: "IngressClass", name: "nginx" },
    { kind: "Secret", namespace: "shop", name: "web-tls", keys: ["tls.crt", "tls.key"] },
    { kind: "Secret", namespace: "cache", name: "redis" },
    { kind: "Service", namespace: "shop", name: "grafana", ports: [80, "http-web"] },
  ],
};

export const secretKey = (name: string, key: string): Sample => environment({ secretKeyRef: { name, key } });
