import { z } from "zod";
import type { PodFacts } from "../../facts/pod";
import type { Operator } from "../operator";
import { madeFor } from "../parts/made";
import { merged } from "../parts/pod-template";
import { configMap, secret, tlsKeys } from "../parts/secret";
import { port, service } from "../parts/service";
import { associationLabels } from "./association";
import { initResources, publicCertificate, watched } from "./parts";

/**
 * The fields of a Kibana from which ECK 3.5.0 creates objects, with its defaults; it finds its Elasticsearch
 * in its own namespace.
 */
const kibanaSpec = z.object({
  version: z.string(),
  image: z.string().optional(),
  count: z.number().default(1),
  elasticsearchRef: z.object({ name: z.string() }).optional(),
  podTemplate: z.unknown().optional(),
});

type KibanaSpec = z.infer<typeof kibanaSpec>;

/** A Deployment with its Service, configuration and certificates, and its credentials for Elasticsearch. */
export const kibana: Operator = (resource) => {
  const { name, namespace } = resource.metadata;
  const spec = kibanaSpec.parse(resource.spec);
  const selector = { "common.k8s.elastic.co/type": "kibana", "kibana.k8s.elastic.co/name": name };
  const labels = { ...selector, ...watched };
  const association = spec.elasticsearchRef && {
    ...watched,
    ...associationLabels(spec.elasticsearchRef.name, name, namespace),
  };
  return [
    {
      kind: "Deployment",
      name: `${name}-kb`,
      labels,
      replicas: spec.count,
      pod: kibanaPod(name, spec, labels),
    },
    service({ name: `${name}-kb-http`, labels, selector, ports: [port("https", 5601)] }),
    configMap(`${name}-kb-scripts`, ["init.sh"], labels),
    secret(`${name}-kb-config`, ["kibana.yml"], labels),
    secret(`${name}-kb-http-ca-internal`, tlsKeys, labels),
    secret(`${name}-kb-http-certs-internal`, ["ca.crt", ...tlsKeys], labels),
    secret(`${name}-kb-http-certs-public`, publicCertificate, labels),
    ...(association
      ? [
          secret(`${name}-kb-es-ca`, publicCertificate, association),
          secret(`${name}-kibana-user`, ["hash", "name", "serviceAccount", "token"], {
            ...association,
            "eck.k8s.elastic.co/credentials": "true",
          }),
        ]
      : []),
  ].map(madeFor(resource));
};

const internal = "/mnt/elastic-internal";
const home = "/usr/share/kibana";

function kibanaPod(name: string, spec: KibanaSpec, labels: Readonly<Record<string, string>>): PodFacts {
  const image = spec.image ?? `docker.elastic.co/kibana/kibana:${spec.version}`;
  const security = {
    runAsUser: 1000,
    runAsGroup: 1000,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    drop: ["ALL"],
  };
  const associated = spec.elasticsearchRef !== undefined;
  const shared = [
    `${internal}/http-certs`,
    `${internal}/kibana-config`,
    `${internal}/scripts`,
    "/tmp",
    ...(associated ? [`${home}/config/elasticsearch-certs`] : []),
    `${home}/data`,
    `${home}/logs`,
  ];
  const own: PodFacts = {
    labels: { ...labels, "kibana.k8s.elastic.co/version": spec.version },
    automountToken: false,
    security: { fsGroup: 1000, seccomp: "RuntimeDefault" },
    grace: 30,
    volumes: [
      `configMap ${name}-kb-scripts`,
      ...["config", "plugins", "data", "logs", "tmp"].map(() => "emptyDir"),
      `secret ${name}-kb-config`,
      ...(associated ? [`secret ${name}-kb-es-ca`] : []),
      `secret ${name}-kb-http-certs-internal`,
    ],
    containers: [
      {
        name: "elastic-internal-init",
        init: true,
        image,
        resources: initResources,
        mounts: [...shared, `${internal}/kibana-config-local`, `${internal}/kibana-plugins-local`],
        security,
      },
      {
        name: "kibana",
        image,
        ports: [{ name: "https", port: 5601 }],
        resources: { requests: { memory: "2Gi" }, limits: { memory: "2Gi" } },
        mounts: [...shared, `${home}/config`, `${home}/plugins`],
        security,
        probes: { readiness: 5601 },
      },
    ],
  };
  return merged(own, spec.podTemplate);
}
