import type { ApiCall } from "./call";

/** Verbs of kubectl, and the API's verbs that they come to; after a colon those of a part of the object. */
const verbs: Readonly<Record<string, string>> = {
  get: "get list",
  describe: "get list",
  delete: "get delete",
  create: "create",
  apply: "get create patch",
  replace: "get update",
  patch: "get patch",
  edit: "get patch",
  annotate: "get patch",
  label: "get patch",
  set: "get patch",
  restart: "get patch",
  undo: "get patch",
  status: "get list watch",
  wait: "get list watch",
  scale: "get scale:patch",
  exec: "get exec:create",
  cp: "get exec:create",
  attach: "get attach:create",
  "port-forward": "get portforward:create",
  logs: "get log:get",
};

/** Verbs that are about a pod, whatever they name. */
const ofPods: ReadonlySet<string> = new Set(["exec", "cp", "attach", "port-forward", "logs"]);

/** Kinds by their short, single and plural names. */
const kinds: readonly (readonly [names: string, group: string, resource: string])[] = [
  ["po pod pods", "", "pods"],
  ["svc service services", "", "services"],
  ["cm configmap configmaps", "", "configmaps"],
  ["secret secrets", "", "secrets"],
  ["sa serviceaccount serviceaccounts", "", "serviceaccounts"],
  ["pvc persistentvolumeclaim persistentvolumeclaims", "", "persistentvolumeclaims"],
  ["ev event events", "", "events"],
  ["ns namespace namespaces", "", "namespaces"],
  ["no node nodes", "", "nodes"],
  ["pv persistentvolume persistentvolumes", "", "persistentvolumes"],
  ["deploy deployment deployments", "apps", "deployments"],
  ["sts statefulset statefulsets", "apps", "statefulsets"],
  ["ds daemonset daemonsets", "apps", "daemonsets"],
  ["rs replicaset replicasets", "apps", "replicasets"],
  ["job jobs", "batch", "jobs"],
  ["cj cronjob cronjobs", "batch", "cronjobs"],
  ["hpa horizontalpodautoscaler horizontalpodautoscalers", "autoscaling", "horizontalpodautoscalers"],
  ["ing ingress ingresses", "networking.k8s.io", "ingresses"],
  ["netpol networkpolicy networkpolicies", "networking.k8s.io", "networkpolicies"],
];

const wide: ReadonlySet<string> = new Set(["namespaces", "nodes", "persistentvolumes"]);

/** The calls of the API that a script makes, and commands of which it cannot be told. */
export interface Found {
  readonly calls: readonly ApiCall[];
  readonly unclear: readonly string[];
}

/**
 * What a script asks of Kubernetes by kubectl.
 *
 * @param own the namespace that its pods are in
 */
export function kubectlCalls(script: string, own: string): Found {
  const commands = script
    .replaceAll(/\\\n/g, " ")
    .split(/\n|[;&|()]+/)
    .flatMap((command) => /(?:^|[\s"'`/])kubectl\s+(.+)$/.exec(command.replace(/(^|\s)#.*$/, ""))?.[1] ?? []);
  const found = commands.map((command) => ofCommand(command, own) ?? command.trim());
  return {
    calls: found.flatMap((one) => (typeof one === "string" ? [] : one)),
    unclear: found.filter((one) => typeof one === "string"),
  };
}

/** Options of which the next word is the value. */
const valued =
  /^(-n|--namespace|-l|--selector|-o|--output|-c|--container|-p|--patch|--type|--context|-f|--filename|--timeout)$/;

function ofCommand(command: string, own: string): readonly ApiCall[] | undefined {
  const words = command.split(/\s+/).map((word) => word.replaceAll(/^["']|["']$/g, ""));
  const { verb, target, next } = partsOf(words);
  if (verb === "version" || verb === "config") return [];
  const [asked, about] = [verbs[verb], aboutOf(verb, target, next)];
  if (asked === undefined || about === undefined) return undefined;
  const { group, resource, name } = about;
  const namespace = wide.has(resource) ? undefined : namespaceIn(words, own);
  return asked
    .split(" ")
    .filter((one) => one !== "list" || verb !== "get" || name === undefined)
    .map((one) => {
      const [part, inner] = one.split(":");
      return {
        verb: inner ?? part ?? "",
        group,
        resource: inner === undefined ? resource : `${resource}/${part}`,
        namespace,
        ...(name !== undefined && isLiteral(name) && { name }),
      };
    });
}

/** What a command does, and what it names. */
interface Parts {
  readonly verb: string;
  readonly target: string;
  /** The word after the target. */
  readonly next: string | undefined;
}

function partsOf(words: readonly string[]): Parts {
  const plain = words.filter((word, at) => !word.startsWith("-") && !valued.test(words[at - 1] ?? ""));
  const [first = "", second = "", third, fourth] = plain;
  if (first === "set") return { verb: first, target: third ?? "", next: fourth };
  if (first === "rollout") return { verb: second, target: third ?? "", next: fourth };
  return { verb: first, target: second, next: first === "create" ? undefined : third };
}

/** The kind and name that a command is about; undefined where the kind is not known. */
function aboutOf(
  verb: string,
  target: string,
  next: string | undefined,
): (Pick<ApiCall, "group" | "resource"> & { readonly name: string | undefined }) | undefined {
  const [kind = "", name] = target.includes("/")
    ? target.split("/")
    : ofPods.has(verb)
      ? ["pods", target]
      : [target, next];
  const found = kindOf(kind);
  // Of a workload it is about one of its pods, whose names no plan has.
  const isPodOf = ofPods.has(verb) && found !== undefined && found.resource !== "pods";
  return isPodOf ? { group: "", resource: "pods", name: undefined } : found && { ...found, name };
}

/** A variable stands for the pods' own namespace: no plan has its value. Undefined: all. */
function namespaceIn(words: readonly string[], own: string): string | undefined {
  if (words.some((word) => /^(-A|--all-namespaces)$/.test(word))) return undefined;
  const at = words.findIndex((word) => /^(-n|--namespace)$/.test(word));
  const inWord = words.flatMap((word) => /^(?:-n|--namespace)=(.+)$/.exec(word)?.[1] ?? [])[0];
  const told = at >= 0 ? words[at + 1] : inWord;
  return told === undefined || told.includes("$") ? own : told;
}

function isLiteral(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]*$/.test(name);
}

/** A kind that kubectl is told: one of Kubernetes' own, or `queues.rabbitmq.com`. */
function kindOf(text: string): Pick<ApiCall, "group" | "resource"> | undefined {
  const known = kinds.find(([names]) => names.split(" ").includes(text));
  if (known !== undefined) return { group: known[1], resource: known[2] };
  const [, resource, group] = /^([a-z]+)\.([a-z0-9.-]+)$/.exec(text) ?? [];
  return resource === undefined || group === undefined ? undefined : { group, resource };
}
