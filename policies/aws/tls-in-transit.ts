import { everywhereAndInJson } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { at, isObject, items, unknown, type Value } from "../value";

/** Resources with a switch for TLS that must be on. */
const switches: Readonly<Record<string, readonly string[]>> = {
  "aws:elasticache/replicationGroup:ReplicationGroup": ["transitEncryptionEnabled"],
  "aws:elasticsearch/domain:Domain": ["nodeToNodeEncryption.enabled", "domainEndpointOptions.enforceHttps"],
  "aws:rds/proxy:Proxy": ["requireTls"],
  "aws:opensearch/domain:Domain": ["nodeToNodeEncryption.enabled", "domainEndpointOptions.enforceHttps"],
};

/** Names of TLS switches, and the values that turn TLS off or allow old versions. */
const off: Readonly<Record<string, RegExp>> = {
  EnableInTransitEncryption: /^false$/,
  clientBroker: /^(PLAINTEXT|TLS_PLAINTEXT)$/,
  clusterEndpointEncryptionType: /^NONE$/,
  enforceHttps: /^false$/,
  inCluster: /^false$/,
  minimumTlsVersion: /^(TLS_?)?1[._]?[01]?$/i,
  protocols: /^FTP$/,
  securityPolicy: /^TLS_1_[01]$/,
  sslMode: /^none$/i,
  tlsEnabled: /^false$/,
  tlsSecurityPolicy: /TLS-1-0/,
  transitEncryption: /^DISABLED$/,
  transitEncryptionEnabled: /^false$/,
  transitEncryptionMode: /^preferred$/,
};

/** Settings of databases that allow clients without TLS. */
const parameters: Readonly<Record<string, RegExp>> = {
  "rds.force_ssl": /^0$/,
  require_secure_transport: /^(OFF|0)$/i,
  require_ssl: /^false$/i,
  tls: /^disabled$/i,
};

const listeners = /^aws:(lb|alb|applicationloadbalancing)\/listener:/;
const classic = /^aws:elb\/loadBalancer:/;

/** Policies of load balancers that accept nothing older than TLS 1.2. */
const modern = /TLS13-1-[23]|TLS-1-2-|FS-1-2-|FS-1-3/;

export const tlsInTransit: ResourcePolicy = {
  id: "aws-tls-in-transit",
  scope: "resource",
  what: "Load balancers, databases, caches, brokers, search domains, file systems and servers of files speak TLS 1.2 or newer by keys that hold, and nothing else.",
  why: "Plain text can be read by everything on the way, and old versions of TLS are broken.",
  severity: "high",
  standards: ["PCI-DSS 4: 4.2.1", "K6"],
  remediation:
    "Let listeners by HTTP redirect to HTTPS, give the others an sslPolicy such as ELBSecurityPolicy-TLS13-1-2-2021-06, and set transitEncryptionEnabled, enforceHttps or the service's switch for it.",
  appliesTo: (type) => type.startsWith("aws:"),
  *validate({ type, properties }) {
    if (properties === unknown) return;
    const demands = Object.hasOwn(switches, type) ? (switches[type] ?? []) : [];
    for (const path of demands) {
      const value = at(properties, ...path.split("."));
      if (value !== true && value !== unknown) yield `${path} is not true: set it.`;
    }
    for (const { path, key, value } of everywhereAndInJson(properties, /transit|efsVolume/i)) {
      if (key === "efsVolumeConfiguration" && isObject(value) && at(value, "transitEncryption") === undefined)
        yield `${path}.transitEncryption is not set, and then off: set ENABLED.`;
      if (key === "keyAlgorithm" && value === "RSA_1024")
        yield `${path} is RSA_1024, which can be broken: take EC_prime256v1 or RSA_2048.`;
      if (demands.includes(path) || !Object.hasOwn(off, key)) continue;
      // Lists are checked item by item.
      if (value === unknown || typeof value === "object") continue;
      if (off[key]?.test(String(value))) yield `${path} is ${String(value)}: demand TLS 1.2.`;
    }
    for (const [index, one] of items(at(properties, "parameters")).entries()) {
      const name = at(one, "name");
      const value = at(one, "value");
      if (typeof name !== "string" || typeof value !== "string" || !Object.hasOwn(parameters, name)) continue;
      if (parameters[name]?.test(value)) yield `parameters[${index}] sets ${name} to ${value}: demand TLS.`;
    }
    if (listeners.test(type)) yield* listener(properties);
    if (classic.test(type)) {
      for (const [index, one] of items(at(properties, "listeners")).entries()) {
        const protocol = String(at(one, "lbProtocol")).toUpperCase();
        if (protocol === "HTTP") yield `listeners[${index}].lbProtocol is HTTP: set HTTPS.`;
      }
    }
  },
};

function* listener(properties: Value): Iterable<string> {
  const protocol = at(properties, "protocol");
  if (protocol === "HTTP" || (protocol === undefined && at(properties, "port") === 80)) {
    const actions = at(properties, "defaultActions");
    const forwards = items(actions).some((one) => {
      const type = at(one, "type");
      const to = at(one, "redirect", "protocol");
      if (type === unknown || one === unknown || to === unknown) return false;
      return type !== "fixed-response" && !(type === "redirect" && to === "HTTPS");
    });
    if (forwards) yield "a listener by HTTP forwards: redirect to HTTPS.";
    return;
  }
  if (protocol !== "HTTPS" && protocol !== "TLS") return;
  const policy = at(properties, "sslPolicy");
  if (policy === unknown || (typeof policy === "string" && modern.test(policy))) return;
  yield `sslPolicy ${policy === undefined ? "is not set" : `is ${String(policy)}`}, which knows old versions of TLS: set ELBSecurityPolicy-TLS13-1-2-2021-06.`;
}
