import { containerFactsOf, optional, securityOf } from "./of-container";
import { placementOf } from "./of-placement";
import type { PodFacts } from "./pod";
import { at, booleanAt, entriesAt, listAt, mapAt, numberAt, numberOrTextAt, some, textAt } from "./read";

/** The facts about a pod or a pod template: an object with `metadata` and `spec`. */
export function podFactsOf(template: unknown): PodFacts {
  const spec = at(template, "spec");
  return {
    labels: mapAt(template, "metadata", "labels"),
    serviceAccount: textAt(spec, "serviceAccountName") ?? textAt(spec, "serviceAccount"),
    automountToken: booleanAt(spec, "automountServiceAccountToken"),
    priorityClass: textAt(spec, "priorityClassName"),
    restartPolicy: unless("Always", textAt(spec, "restartPolicy")),
    hostNetwork: unless(false, booleanAt(spec, "hostNetwork")),
    hostPID: unless(false, booleanAt(spec, "hostPID")),
    nodeSelector: mapAt(spec, "nodeSelector"),
    ...placementOf(spec),
    security: securityOf(at(spec, "securityContext")),
    grace: numberAt(spec, "terminationGracePeriodSeconds"),
    volumes: some(listAt(spec, "volumes").flatMap(volumesOf).sort()),
    containers: [
      ...listAt(spec, "initContainers").map((container) => containerFactsOf(container, "init")),
      ...listAt(spec, "containers").map((container) => containerFactsOf(container, "main")),
    ],
  };
}

/** A volume; for a projected volume also the Secrets and ConfigMaps in it. */
function volumesOf(volume: unknown): readonly string[] {
  const [kind = "emptyDir"] = entriesAt(volume).flatMap(([key, source]) =>
    key === "name" || source === null ? [] : [key],
  );
  const source = at(volume, kind);
  switch (kind) {
    case "secret":
      return [`secret ${textAt(source, "secretName") ?? ""}${optional(source)}`];
    case "configMap":
      return [`configMap ${textAt(source, "name") ?? ""}${optional(source)}`];
    case "persistentVolumeClaim":
      return [`claim ${textAt(source, "claimName") ?? ""}`];
    case "emptyDir":
      return [
        ["emptyDir", numberOrTextAt(source, "sizeLimit"), textAt(source, "medium")].filter(Boolean).join(" "),
      ];
    case "hostPath":
      return [`hostPath ${textAt(source, "path") ?? ""}`];
    case "projected":
      return ["projected", ...listAt(source, "sources").flatMap(projectedOf)];
    default:
      return [kind];
  }
}

/** ConfigMap that Kubernetes creates in every namespace. */
const clusterAuthority = "kube-root-ca.crt";

function projectedOf(source: unknown): readonly string[] {
  return (["secret", "configMap"] as const).flatMap((kind) => {
    const name = textAt(source, kind, "name");
    return name === undefined || name === clusterAuthority
      ? []
      : [`${kind} ${name}${optional(at(source, kind))}`];
  });
}

function unless<Value>(usual: Value, value: Value | undefined): Value | undefined {
  return value === usual ? undefined : value;
}
