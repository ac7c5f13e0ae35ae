/**
 * Addresses that could belong to a Service: one label, or a Service and its namespace with or without `.svc`
 * and the cluster's domain. The surrounding characters exclude images (`registry/name:tag`), credentials
 * (`user:password@`), IPv6 and parts of words. Schemes and credentials end somewhere: without a bound, a long text without spaces is read
 * to its end from each of its characters.
 */
const candidate =
  /(?<![\w.:/@$%)}-])(?:([a-z][a-z0-9+.-]{0,30}):\/\/)?(?:[^\s/@"'`,;:]{0,256}(?::[^\s/@"'`,;]{0,256})?@)?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)\.?(?::(\d{2,5}))?(?![\w.:@-]|\/\/)/g;

const defaultPorts: Readonly<Record<string, string>> = {
  http: "80",
  ws: "80",
  https: "443",
  wss: "443",
  redis: "6379",
  postgres: "5432",
  postgresql: "5432",
  mongodb: "27017",
  amqp: "5672",
};

/** Ends of names that belong to the Internet or to the machine itself. */
const elsewhere =
  /(^|\.)(localhost|localdomain|local|internal|test|example|invalid|com|org|net|io|dev|cloud|ai|app|co|sh|edu|gov|info|me|us|eu|de)$/;

/** Names before a colon and a number that are not hosts: digests, and keys of flow mappings. */
const noHost =
  /^(sha\d*|md5|tcp|udp|port|line|level|version|replicas|timeout|size|max|min|uid|gid|user|group|mode)$/;

/**
 * Addresses inside the cluster in texts, as `host:port`: `loki.logging.svc:3100`, `qdrant-headless:6335`. A
 * pod's own name before its Service's is left out where the text has `svc`; `one.other` may be a Service and
 * its namespace, or a pod and its Service. Comments are skipped.
 */
export function addressesIn(texts: readonly string[]): string[] {
  const found = texts.flatMap((text) => [...withoutComments(text).matchAll(candidate)]).flatMap(addressOf);
  return [...new Set(found)].sort();
}

function addressOf([, scheme, host = "", port]: RegExpMatchArray): readonly string[] {
  const implied = port ?? (scheme === undefined ? undefined : defaultPorts[scheme]);
  const name = serviceName(host, port !== undefined);
  return name === undefined || implied === undefined || Number(implied) > 65_535
    ? []
    : [`${name}:${implied}`];
}

/** The Service of a host; undefined where it cannot be a Service. */
function serviceName(host: string, hasPort: boolean): string | undefined {
  const [, service = host, domain = ""] = /^(.+)\.svc(\.[a-z0-9.-]+)?$/.exec(host) ?? [];
  const labels = service.split(".");
  if (service !== host) {
    return labels.length < 2 ? undefined : `${labels.slice(-2).join(".")}.svc${domain}`;
  }
  // Without a port, `a.b` may as well be the name of a web site.
  const isService = labels.length === 1 || (labels.length === 2 && hasPort);
  return isService && !elsewhere.test(host) && !noHost.test(host) ? host : undefined;
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(#|\/\/|;).*$/gm, "");
}
