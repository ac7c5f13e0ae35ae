import { z } from "zod";
import type { Labels } from "../../facts/object";
import type { Operator } from "../operator";
import { type Made, madeFor, ordinals } from "../parts/made";
import { secret } from "../parts/secret";
import { service } from "../parts/service";
import { common, hostOf, managed, servers } from "./common";

/** The fields of an Alertmanager from which prometheus-operator 0.93.0 creates objects, with its defaults. */
const alertmanagerSpec = common.extend({ replicas: z.number().default(1) });

type AlertmanagerSpec = z.infer<typeof alertmanagerSpec>;

const meshPort = 9094;

/** A StatefulSet, the governing Service, and the configuration. */
export const alertmanager: Operator = (resource) => {
  const { name, labels = {} } = resource.metadata;
  const spec = alertmanagerSpec.parse(resource.spec);
  const prefix = `alertmanager-${name}`;
  return [
    statefulSet(name, spec, labels),
    ...(spec.serviceName === undefined
      ? [
          service({
            name: "alertmanager-operated",
            labels: { ...managed, "operated-alertmanager": "true" },
            selector: { "app.kubernetes.io/name": "alertmanager" },
            ports: [
              { name: spec.portName, port: 9093, targetPort: spec.portName },
              { name: "tcp-mesh", port: meshPort, targetPort: "mesh-tcp" },
              { name: "udp-mesh", port: meshPort, targetPort: "mesh-udp", protocol: "UDP" },
            ],
            headless: true,
          }),
        ]
      : []),
    secret(`${prefix}-cluster-tls-config`, ["cluster-tls-config.yaml"], managed),
    secret(`${prefix}-generated`, ["alertmanager.yaml.gz"], managed),
    secret(`${prefix}-tls-assets-0`, [], managed),
    secret(`${prefix}-web-config`, ["web-config.yaml"], managed),
  ].map(madeFor(resource));
};

function statefulSet(name: string, spec: AlertmanagerSpec, given: Labels): Made {
  const prefix = `alertmanager-${name}`;
  const selector = {
    alertmanager: name,
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/managed-by": "prometheus-operator",
    "app.kubernetes.io/name": "alertmanager",
  };
  const webConfig = "/etc/alertmanager/web_config/web-config.yaml";
  const { requests, limits } = spec.resources ?? {};
  const peers = ordinals(spec.replicas).map(
    (index) => `${prefix}-${index}.alertmanager-operated:${meshPort}`,
  );
  return servers({
    name: prefix,
    prefix,
    spec,
    labels: given,
    selector,
    grace: 120,
    volumes: {
      first: [],
      last: [
        `secret ${prefix}-cluster-tls-config`,
        `secret ${prefix}-generated`,
        `secret ${prefix}-web-config`,
      ],
    },
    server: {
      name: "alertmanager",
      image: spec.image ?? `quay.io/prometheus/alertmanager:${spec.version}`,
      ports: [
        ...(spec.listenLocal ? [] : [{ name: spec.portName, port: 9093 }]),
        { name: "mesh-tcp", port: meshPort },
        { name: "mesh-udp", port: meshPort, protocol: "UDP" },
      ],
      resources: { requests: { memory: "200Mi", ...requests }, limits },
      mounts: [
        "/alertmanager",
        "/etc/alertmanager/certs",
        "/etc/alertmanager/cluster_tls_config/cluster-tls-config.yaml",
        "/etc/alertmanager/config",
        "/etc/alertmanager/config_out",
        webConfig,
      ],
      probes: { liveness: spec.portName, readiness: spec.portName },
      urls: [...(spec.replicas > 1 ? peers : []), ...hostOf(spec.externalUrl)],
    },
    reloaded: ["/etc/alertmanager/config", "/etc/alertmanager/config_out", webConfig],
  });
}
