import type { ObjectFacts } from "../../../model/facts/object";

/** Differences between what the modules make of a custom resource and what was recorded, one line each. */
export function differences(
  made: readonly ObjectFacts[],
  recorded: readonly ObjectFacts[],
): readonly string[] {
  const ours = byName(made);
  const theirs = byName(recorded);
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted();
  return names.flatMap((name) => {
    const one = ours.get(name);
    const other = theirs.get(name);
    if (one === undefined) return [`${name} is not made`];
    if (other === undefined) return [`${name} was not recorded`];
    return fields(one, other).map((field) => `${name}${field}`);
  });
}

function byName(objects: readonly ObjectFacts[]): ReadonlyMap<string, unknown> {
  return new Map(objects.map(named).map((facts) => [`${facts.kind}/${facts.name}`, alike(facts)]));
}

function fields(ours: unknown, theirs: unknown, path = ""): readonly string[] {
  if (isObject(ours) && isObject(theirs)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].toSorted();
    return keys.flatMap((key) => fields(ours[key], theirs[key], `${path}.${key}`));
  }
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    return ours.flatMap((item, index) => fields(item, theirs[index], `${path}[${index}]`));
  }
  const [one, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return one === other ? [] : [`${path}: ${one} made, ${other} recorded`];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Facts under the name and the owner that the modules give, where the real ones have random letters or go through others. */
function named(facts: ObjectFacts): ObjectFacts {
  const { kind, name, labels, owner = "" } = facts;
  const certificate = owner.replace(/^(Certificate|Challenge)\//, "").replace(/-1-\d+-\d+$/, "");
  if (labels?.["cert-manager.io/next-private-key"] !== undefined)
    return { ...facts, name: `${certificate}-next` };
  if (owner.startsWith("Challenge/")) {
    return {
      ...facts,
      name: name.replace(/^(cm-acme-http-solver)-[^-]+$/, `$1-${certificate}-0`),
      owner: `Certificate/${certificate}`,
    };
  }
  return kind === "Pod"
    ? { ...facts, owner: owner.replace(/^StrimziPodSet\/.*-(?=[^-]+$)/, "KafkaNodePool/") }
    : facts;
}

const token = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * Facts without what no recording holds (groups of security contexts, labels that pods of an anti-affinity share, what an
 * object comes after), without what the API server gave to recorded pods (labels of their node, the token of their account),
 * and without differences that mean nothing: the order of lists that have none, hashes, and how quantities are spelt.
 */
function alike({ namespace: _, after: __, ...facts }: ObjectFacts): unknown {
  const { labels, selector, pod, keys, urls, ports, claims } = facts;
  const given = facts.kind === "Pod" && pod?.automountToken !== false;
  return plain({
    ...facts,
    labels: withoutRandom(labels),
    selector: withoutRandom(selector),
    keys: keys?.map((key) => key.replace(/^[0-9a-f]{64}\.pem$/, "sha256.pem")).toSorted(),
    urls: urls?.toSorted(),
    ports: ports?.toSorted(byText(({ name }) => name)),
    claims: claims?.toSorted(byText(({ name }) => name)),
    pod: pod && {
      ...pod,
      labels: withoutRandom(pod.labels),
      antiAffinity: pod.antiAffinity?.map(({ sameLabels: ___, ...term }) => term),
      spread: pod.spread?.map((one) => ({ ...one, maxSkew: one.maxSkew === 1 ? undefined : one.maxSkew })),
      volumes: pod.volumes
        ?.map((volume) => volume.replace(/^\?$/, "downwardAPI"))
        .filter((volume) => !(given && volume === "projected"))
        .toSorted(),
      security: pod.security && { ...pod.security, runAsGroup: undefined },
      containers: pod.containers.map((container) => ({
        ...container,
        mounts: container.mounts?.filter((mount) => !(given && mount === token)).toSorted(),
        refs: container.refs?.toSorted(),
        security: container.security && { ...container.security, runAsGroup: undefined },
      })),
    },
  });
}

function byText<T>(text: (item: T) => string | undefined): (one: T, other: T) => number {
  return (one, other) => (text(one) ?? "").localeCompare(text(other) ?? "");
}

const random =
  /^(topology\.kubernetes\.io\/|(batch\.kubernetes\.io\/)?(controller-uid|job-name)|common\.k8s\.elastic\.co\/template-hash|acme\.cert-manager\.io\/http-)/;

function withoutRandom(labels: Readonly<Record<string, string>> | undefined): unknown {
  return labels && Object.fromEntries(Object.entries(labels).filter(([key]) => !random.test(key)));
}

/** Without what is undefined or empty, and with quantities spelt as the API server does. */
function plain(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/^(\d+)000m$/, "$1");
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, plain(one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined && !isEmpty(one)));
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
