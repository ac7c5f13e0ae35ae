import { nodeAgentPriority } from "../cluster/priorities";
import { hasMonitors } from "../kit/monitors";
import type { Site } from "../kit/site";
import { resources, type Values } from "../kit/values";
import { type Pods, pods } from "../network/edge";
import { elasticsearchHost, hasElasticsearch } from "./elasticsearch";
import { authorityKey } from "./elasticsearch-authority";
import { elasticsearchPort, logWriter, logWriterNamespace } from "./elasticsearch-spec";
import { countedPort, hasLogContract, logContract } from "./log-contract";
import { logIndices } from "./log-indices";
import { lokiHost, lokiPort } from "./loki";

/** Namespace of Fluent Bit: it reads its node's files. */
export const fluentBitNamespace = logWriterNamespace;

/** Port of Fluent Bit's metrics and health. */
export const fluentBitPort = 2020;

const countedPortName = "counted";

/** Fluent Bit's pods. */
export const fluentBit: Pods = pods(fluentBitNamespace, "fluent-bit", {
  "app.kubernetes.io/name": "fluent-bit",
});

/** Where Fluent Bit remembers how far it has read: on the node, so that a new pod goes on where the old one stopped. */
const stateFolder = "/var/lib/fluent-bit";

/** The Secret by which Elasticsearch is known: a certificate of its authority, and with it the authority's own. */
export const trustedAuthority = "elasticsearch-trust";

/** Where lines wait on the node for a store that is down or slow; a new pod finds them there. */
const chunkFolder = `${stateFolder}/chunks`;

/**
 * Bytes that may wait for one output, after which its oldest lines are dropped. There are three at most (Loki and two indices of
 * Elasticsearch), so that 3 GB of a node's disk may be taken.
 */
const waitingAtMost = "1G";

/** Chunks that are in memory at once, of at most 2 MB each: the rest waits on the disk. */
const chunksInMemory = "16";

const trustFolder = "/etc/elasticsearch";

/** Environment variable with the password of Elasticsearch. */
const passwordVariable = "ELASTICSEARCH_PASSWORD";

/**
 * Values of Fluent Bit, on every node, with any taints. Root without a single capability: the log files are root's,
 * and nothing else of the node is within reach. (P3, 000)
 */
export function fluentBitValues(site: Site): Values {
  return {
    kind: "DaemonSet",
    resources: resources({
      cpu: site.environment === "production" ? "50m" : "10m",
      memory: site.environment === "production" ? "192Mi" : "96Mi",
      cpuLimit: "500m",
    }),
    priorityClassName: nodeAgentPriority,
    tolerations: [{ operator: "Exists" }],
    podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    securityContext: {
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    },
    daemonSetVolumes: [
      { name: "logs", hostPath: { path: "/var/log" } },
      { name: "state", hostPath: { path: stateFolder, type: "DirectoryOrCreate" } },
      ...(hasElasticsearch(site) ? [trustVolume] : []),
    ],
    daemonSetVolumeMounts: [
      { name: "logs", mountPath: "/var/log", readOnly: true },
      { name: "state", mountPath: stateFolder },
      ...(hasElasticsearch(site) ? [{ name: "trust", mountPath: trustFolder, readOnly: true }] : []),
    ],
    env: hasElasticsearch(site)
      ? [
          {
            name: passwordVariable,
            valueFrom: { secretKeyRef: { name: logWriter, key: "password" } },
          },
        ]
      : [],
    config: { service: service(), inputs: inputs(), filters: filters(site), outputs: outputs(site) },
    serviceMonitor: {
      enabled: hasMonitors(site),
      ...(hasLogContract(site) && { additionalEndpoints: [{ port: countedPortName, path: "/metrics" }] }),
    },
    ...(hasLogContract(site) && {
      extraPorts: [{ name: countedPortName, port: countedPort, containerPort: countedPort, protocol: "TCP" }],
    }),
    testFramework: { enabled: false },
  };
}

const trustVolume = {
  name: "trust",
  secret: { secretName: trustedAuthority, items: [{ key: authorityKey, path: authorityKey }] },
};

type Setting = readonly [key: string, value: string];

/** Lines are offered again until their store takes them; only the bound on what waits ends that. */
const keptUntilTaken: readonly Setting[] = [
  ["Retry_Limit", "no_limits"],
  ["storage.total_limit_size", waitingAtMost],
];

function service(): string {
  return section("SERVICE", [
    ["Flush", "5"],
    ["Daemon", "Off"],
    ["Log_Level", "info"],
    ["Parsers_File", "/fluent-bit/etc/parsers.conf"],
    ["HTTP_Server", "On"],
    ["HTTP_Listen", "0.0.0.0"],
    ["HTTP_Port", String(fluentBitPort)],
    ["Health_Check", "On"],
    ["storage.path", chunkFolder],
    ["storage.sync", "normal"],
    ["storage.metrics", "On"],
    ["storage.max_chunks_up", chunksInMemory],
    ["storage.backlog.mem_limit", "16M"],
    // Seconds between attempts grow up to this: a store that is back gets its lines within a minute.
    ["scheduler.base", "5"],
    ["scheduler.cap", "60"],
  ]);
}

/** Every container's log. Each file has a tag of its own, so that lines of two namespaces never travel together. */
function inputs(): string {
  return section("INPUT", [
    ["Name", "tail"],
    ["Path", "/var/log/containers/*.log"],
    ["multiline.parser", "docker, cri"],
    ["Tag", "kube.*"],
    ["DB", `${stateFolder}/tail.db`],
    ["Refresh_Interval", "5"],
    ["storage.type", "filesystem"],
    ["Skip_Long_Lines", "On"],
  ]);
}

/** Where a line came from; a line of JSON becomes its fields, which is what 000's second filter does too. */
function filters(site: Site): string {
  const origin = section("FILTER", [
    ["Name", "kubernetes"],
    ["Match", "kube.*"],
    ["Kube_URL", "https://kubernetes.default.svc:443"],
    ["Kube_CA_File", "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt"],
    ["Kube_Token_File", "/var/run/secrets/kubernetes.io/serviceaccount/token"],
    ["Merge_Log", "On"],
    ["Keep_Log", "Off"],
    ["K8S-Logging.Parser", "On"],
    ["Annotations", "Off"],
    ["Namespace_Labels", "On"],
  ]);
  return [origin, ...contractSections(site, "FILTER")].join("\n");
}

function contractSections(site: Site, kind: "FILTER" | "OUTPUT"): readonly string[] {
  return logContract(site).flatMap((part) => (part.kind === kind ? [section(kind, part.settings)] : []));
}

function outputs(site: Site): string {
  const toElasticsearch = hasElasticsearch(site)
    ? logIndices(site).map(({ files, index }) => elasticsearchOutput(site, files, index))
    : [];
  return [lokiOutput(site), ...toElasticsearch, ...contractSections(site, "OUTPUT")].join("\n");
}

/** The tenant is the label `environment` of the pod's namespace; namespaces without one are the cluster's own. */
function lokiOutput(site: Site): string {
  return section("OUTPUT", [
    ["Name", "loki"],
    ["Match", "kube.*"],
    ["Host", lokiHost(site)],
    ["Port", String(lokiPort)],
    ["Tenant_ID", site.environment],
    ["Tenant_ID_Key", "$kubernetes_namespace['labels']['environment']"],
    [
      "Labels",
      "job=fluent-bit, namespace=$kubernetes['namespace_name'], app=$kubernetes['labels']['app.kubernetes.io/name'], container=$kubernetes['container_name']",
    ],
    // Too many values for labels: each would be a stream of its own. Queries filter by them all the same.
    ["structured_metadata", "pod=$kubernetes['pod_name'], node=$kubernetes['host']"],
    ["Line_Format", "json"],
    ...keptUntilTaken,
  ]);
}

/** An index for each day, so that old ones can go as a whole; the certificate has to be of Elasticsearch's own authority. */
function elasticsearchOutput(site: Site, files: string, index: string): string {
  return section("OUTPUT", [
    ["Name", "es"],
    ["Match", `kube.${files}`],
    ["Host", elasticsearchHost(site)],
    ["Port", String(elasticsearchPort)],
    ["HTTP_User", logWriter],
    ["HTTP_Passwd", `\${${passwordVariable}}`],
    ["tls", "On"],
    ["tls.verify", "On"],
    ["tls.verify_hostname", "On"],
    ["tls.ca_file", `${trustFolder}/${authorityKey}`],
    ["Logstash_Format", "On"],
    ["Logstash_Prefix", index],
    ["Suppress_Type_Name", "On"],
    ["Replace_Dots", "On"],
    ["Generate_ID", "On"],
    ...keptUntilTaken,
  ]);
}

function section(name: string, settings: readonly Setting[]): string {
  return [`[${name}]`, ...settings.map(([key, value]) => `    ${key} ${value}`), ""].join("\n");
}
