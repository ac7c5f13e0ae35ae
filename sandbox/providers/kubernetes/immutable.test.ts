import { parsePath } from "../property-path";
import { immutablePaths, needsReplacement } from "./immutable";

const mutable = { configMaps: true, secrets: true };

test.each([
  ["apps/v1", "Deployment", "spec.selector.matchLabels.app", true],
  ["apps/v1", "Deployment", "spec.template.spec.containers[0].image", false],
  ["apps/v1", "StatefulSet", "spec.volumeClaimTemplates[0].spec.storageClassName", true],
  ["apps/v1", "StatefulSet", "spec.replicas", false],
  ["batch/v1", "Job", "spec.template.spec.containers[0].image", true],
  ["batch/v1", "Job", "spec.ttlSecondsAfterFinished", false],
  ["batch/v1", "CronJob", "spec.jobTemplate.spec.template", false],
  ["v1", "PersistentVolumeClaim", "spec.resources.requests.storage", false],
  ["v1", "PersistentVolumeClaim", "spec.storageClassName", true],
  ["v1", "Service", "spec.clusterIP", true],
  ["v1", "Service", "spec.ports[0].port", false],
  ["rbac.authorization.k8s.io/v1", "RoleBinding", "roleRef.name", true],
  ["rbac.authorization.k8s.io/v1", "RoleBinding", "subjects[0].name", false],
  ["storage.k8s.io/v1", "StorageClass", "parameters.type", true],
  ["storage.k8s.io/v1", "StorageClass", "allowVolumeExpansion", false],
  ["apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec.scope", true],
  ["apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec.versions[0].schema", false],
  ["example.com/v1", "Widget", "metadata.namespace", true],
  ["example.com/v1", "Widget", "spec", false],
])("%s %s: a change of %s replaces it: %s", (apiVersion, kind, path, expected) => {
  expect(needsReplacement(parsePath(path), immutablePaths({ apiVersion, kind }, mutable))).toBe(expected);
});

test.each([
  ["ConfigMap", {}, { configMaps: false, secrets: true }, true],
  ["ConfigMap", {}, mutable, false],
  ["ConfigMap", { immutable: true }, mutable, true],
  ["Secret", {}, { configMaps: true, secrets: false }, true],
  ["Secret", {}, mutable, false],
  ["Secret", { immutable: true }, mutable, true],
])("data of a %s %j with %j is replaced: %s", (kind, extra, mutability, expected) => {
  const immutable = immutablePaths({ apiVersion: "v1", kind, ...extra }, mutability);
  expect(needsReplacement(["data", "key"], immutable)).toBe(expected);
});
