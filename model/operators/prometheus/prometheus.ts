import { z } from "zod";
import type { Labels } from "../../facts/object";
import type { Operator } from "../operator";
import { type Made, madeFor, ordinals } from "../parts/made";
import { configMap, secret } from "../parts/secret";
import { service } from "../parts/service";
import { common, hostOf, managed, servers } from "./common";

/** The fields of a Prometheus from which prometheus-operator 0.93.0 creates objects, with its defaults. */
const prometheusSpec = common.extend({
  replicas: z.number().default(1),
  shards: z.number().default(1),
  web: z.object({}).optional(),
});

type PrometheusSpec = z.infer<typeof prometheusSpec>;

/** ConfigMaps of rules that the pods mount, needed or not. */
const ruleFiles = 3;

/**
 * A StatefulSet for each shard, the governing Service, and the configuration, without the contents of
 * monitors and rules.
 */
export const prometheus: Operator = (resource) => {
  const { name, labels = {} } = resource.metadata;
  const spec = prometheusSpec.parse(resource.spec);
  const prefix = `prometheus-${name}`;
  return [
    ...ordinals(spec.shards).map((shard) => statefulSet(name, spec, labels, shard)),
    ...(spec.serviceName === undefined
      ? [
          service({
            name: "prometheus-operated",
            labels: { ...managed, "operated-prometheus": "true" },
            selector: { "app.kubernetes.io/name": "prometheus" },
            ports: [{ name: spec.portName, port: 9090, targetPort: spec.portName }],
            headless: true,
          }),
        ]
      : []),
    configMap(`${prefix}-rulefiles-0`, [], { ...managed, "prometheus-name": name }),
    secret(prefix, ["prometheus.yaml.gz"], managed),
    secret(`${prefix}-thanos-prometheus-http-client-file`, ["prometheus.http-client-file.yaml"], managed),
    secret(`${prefix}-tls-assets-0`, [], managed),
    secret(`${prefix}-web-config`, ["web-config.yaml"], managed),
  ].map(madeFor(resource));
};

function statefulSet(name: string, spec: PrometheusSpec, given: Labels, shard: number): Made {
  const prefix = `prometheus-${name}`;
  const selector = {
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/managed-by": "prometheus-operator",
    "app.kubernetes.io/name": "prometheus",
    "operator.prometheus.io/name": name,
    "operator.prometheus.io/shard": `${shard}`,
    prometheus: name,
  };
  const rules = ordinals(ruleFiles).map((index) => `${prefix}-rulefiles-${index}`);
  const ruleMounts = rules.map((rule) => `/etc/prometheus/rules/${rule}`);
  const webConfig = "/etc/prometheus/web_config/web-config.yaml";
  const urls = [...hostOf(spec.externalUrl)];
  return servers({
    name: shard === 0 ? prefix : `${prefix}-shard-${shard}`,
    prefix,
    spec,
    labels: { ...given, "operator.prometheus.io/mode": "server" },
    selector,
    grace: 600,
    volumes: {
      first: rules.map((rule) => `configMap ${rule} optional`),
      last: [`secret ${prefix}`, `secret ${prefix}-web-config`],
    },
    server: {
      name: "prometheus",
      image: spec.image ?? `quay.io/prometheus/prometheus:${spec.version}`,
      ports: spec.listenLocal ? undefined : [{ name: spec.portName, port: 9090 }],
      resources: spec.resources,
      mounts: [
        "/etc/prometheus/certs",
        "/etc/prometheus/config_out",
        ...ruleMounts,
        webConfig,
        "/prometheus",
      ],
      probes: { startup: spec.portName, liveness: spec.portName, readiness: spec.portName },
      urls: urls.length > 0 ? urls : undefined,
    },
    reloaded: [
      "/etc/prometheus/config",
      "/etc/prometheus/config_out",
      ...(spec.web ? [webConfig] : []),
      ...ruleMounts,
    ],
  });
}
