import { isDeepStrictEqual } from "node:util";
import { at, isObject, type JsonObject, objectAt, textAt } from "../json";
import { type ClusterView, failed, type Readiness, type ReadinessRule, ready, waiting } from "./readiness";
import { conditionOf } from "./workloads";

const storageClasses = "/apis/storage.k8s.io/v1/storageclasses";
const serviceAccounts = "/api/v1/serviceaccounts";
const defaultClass = "storageclass.kubernetes.io/is-default-class";

function claim(object: JsonObject, view: ClusterView): Readiness {
  const phase = textAt(object, "status", "phase");
  if (phase === "Bound") {
    return ready;
  }
  if (phase === "Lost") {
    return failed("its volume is lost");
  }
  const name = textAt(object, "spec", "storageClassName");
  const found = view
    .everywhere(storageClasses)
    .find((candidate) =>
      name === ""
        ? textAt(candidate, "metadata", "annotations", defaultClass) === "true"
        : textAt(candidate, "metadata", "name") === name,
    );
  if (found === undefined && textAt(object, "spec", "volumeName") === "") {
    return waiting(name === "" ? "there is no default StorageClass" : `there is no StorageClass ${name}`);
  }
  // Such a claim is bound when its first pod comes, which may well wait for the claim's resource in the program.
  const waitsForPod = textAt(found, "volumeBindingMode") === "WaitForFirstConsumer";
  return waitsForPod && phase === "Pending" ? ready : waiting(`the claim is ${phase || "not seen yet"}`);
}

function volume(object: JsonObject): Readiness {
  const phase = textAt(object, "status", "phase");
  return ["Available", "Bound"].includes(phase) ? ready : waiting(`the volume is ${phase || "not seen yet"}`);
}

function quota(object: JsonObject): Readiness {
  const isTaken = isDeepStrictEqual(objectAt(object, "spec", "hard"), objectAt(object, "status", "hard"));
  return isTaken ? ready : waiting("the limits are not in force yet");
}

function namespace(object: JsonObject, view: ClusterView): Readiness {
  const name = textAt(object, "metadata", "name");
  const hasAccount = view
    .everywhere(serviceAccounts)
    .some(
      (account) =>
        textAt(account, "metadata", "namespace") === name &&
        textAt(account, "metadata", "name") === "default",
    );
  return hasAccount ? ready : waiting("its default service account does not exist yet");
}

function definition(object: JsonObject): Readiness {
  const names = conditionOf(object, "NamesAccepted");
  if (textAt(names, "status") === "False") {
    return failed(`its names are not accepted: ${textAt(names, "message")}`);
  }
  return hasCondition(object, "Established") ? ready : waiting("the definition is not established yet");
}

function apiService(object: JsonObject): Readiness {
  const available = conditionOf(object, "Available");
  return textAt(available, "status") === "True"
    ? ready
    : waiting(`the service behind it does not answer: ${textAt(available, "message")}`);
}

function tokenSecret(object: JsonObject): Readiness {
  return Object.keys(objectAt(object, "data")).length > 0 ? ready : waiting("it has no token yet");
}

export function hasCondition(object: JsonObject, type: string, status = "True"): boolean {
  return textAt(conditionOf(object, type), "status").toLowerCase() === status.toLowerCase();
}

export const otherRules: Readonly<Record<string, ReadinessRule>> = {
  "/PersistentVolumeClaim": { judge: claim, needs: [storageClasses] },
  "/PersistentVolume": { judge: volume },
  "/ResourceQuota": { judge: quota, timeoutSeconds: 60 },
  "/Namespace": { judge: namespace, needs: [serviceAccounts] },
  "/Secret": {
    judge: tokenSecret,
    applies: (object) => at(object, "type") === "kubernetes.io/service-account-token",
  },
  "apiextensions.k8s.io/CustomResourceDefinition": { judge: definition },
  "apiregistration.k8s.io/APIService": {
    judge: apiService,
    applies: (object) => isObject(at(object, "spec", "service")),
  },
};
