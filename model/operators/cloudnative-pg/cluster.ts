import type { Labels } from "../../facts/object";
import type { Deleted, Operator } from "../operator";
import { role, roleBinding, serviceAccount } from "../parts/access";
import { type Made, madeFor, ordinals } from "../parts/made";
import { secret, tls, tlsKeys } from "../parts/secret";
import { port, service } from "../parts/service";
import { access, archives } from "./barman";
import { instance, instanceName } from "./instance";
import { certificateLabels, clusterLabels, databaseLabels } from "./labels";
import { poolerTarget } from "./pooler";
import { type Cluster, clusterOf } from "./spec";

/**
 * CloudNativePG 1.30.0 with Barman Cloud 0.13.0: pods and claims of the instances, Services, budgets,
 * account, roles, Secrets. Instances start one after the other, because each copies those before it. The
 * account has the cluster's name unless the cluster names another; an existing one is reused.
 */
export const cluster: Operator = (resource, around) => {
  const given = clusterOf(resource, around);
  const { name, namespace, spec, account } = given;
  const labels = clusterLabels(name);
  const pooled = around
    .resources("postgresql.cnpg.io/Pooler", namespace)
    .some((pooler) => poolerTarget(pooler) === name);
  return [
    ...services(given),
    ...budgets(given),
    ...(spec.serviceAccountName === undefined ? [serviceAccount(account, labels)] : []),
    role(name, labels),
    roleBinding({ name, labels, role: name, namespace, account }),
    ...(archives(given) ? access(given) : []),
    ...ordinals(spec.instances).flatMap((index) => [
      instance(given, index + 1, around),
      ...claims(given, index + 1),
    ]),
    ...secrets(given, pooled),
  ].map(madeFor(resource));
};

/**
 * What CloudNativePG deletes: budgets that the cluster does not want, and the Secret of an unwanted
 * superuser.
 */
export function deletedByCluster(resource: Parameters<Operator>[0]): readonly Deleted[] {
  const { name, namespace } = resource.metadata;
  const { spec } = clusterOf(resource, { resources: () => [] });
  const budget = (of: string): Deleted => ({ kind: "PodDisruptionBudget", name: of, namespace });
  return [
    ...(spec.enablePDB && spec.instances > 2 ? [] : [budget(name)]),
    ...(spec.enablePDB ? [] : [budget(`${name}-primary`)]),
    ...(spec.enableSuperuserAccess ? [] : [{ kind: "Secret", name: `${name}-superuser`, namespace }]),
  ];
}

function services(given: Cluster): readonly Made[] {
  const { name, spec } = given;
  const labels = databaseLabels(given);
  const selectors = {
    rw: { "cnpg.io/cluster": name, "cnpg.io/instanceRole": "primary" },
    ro: { "cnpg.io/cluster": name, "cnpg.io/instanceRole": "replica" },
    r: { "cnpg.io/cluster": name, "cnpg.io/podRole": "instance" },
  };
  const ports = [port("postgres", 5432)];
  const { disabledDefaultServices = [], additional = [] } = spec.managed?.services ?? {};
  const own = (["rw", "ro", "r"] as const)
    .filter((type) => !disabledDefaultServices.includes(type))
    .map((type) => service({ name: `${name}-${type}`, labels, selector: selectors[type], ports }));
  const wanted = additional.map(({ selectorType, serviceTemplate: { metadata, spec: template } }) =>
    service({
      name: metadata.name,
      labels: { ...metadata.labels, ...labels, "cnpg.io/isManaged": "true" },
      selector: selectors[selectorType],
      ports,
      type: template?.type,
    }),
  );
  return [...own, ...wanted];
}

/** One budget protects the primary; with three or more instances another lets one replica go at a time. */
function budgets(given: Cluster): readonly Made[] {
  const { name, spec } = given;
  if (!spec.enablePDB) return [];
  const budget = (of: string, role: string, minAvailable: number): Made => ({
    kind: "PodDisruptionBudget",
    name: of,
    labels: { ...databaseLabels(given) },
    selector: { "cnpg.io/cluster": name, "cnpg.io/instanceRole": role },
    minAvailable,
  });
  return [
    budget(`${name}-primary`, "primary", 1),
    ...(spec.instances > 2 ? [budget(name, "replica", spec.instances - 2)] : []),
  ];
}

function claims(given: Cluster, serial: number): readonly Made[] {
  const instance = instanceName(given, serial);
  const claim = (
    name: string,
    role: string,
    { size = "", storageClass }: Cluster["spec"]["storage"],
  ): Made => ({
    kind: "PersistentVolumeClaim",
    name,
    labels: { "cnpg.io/cluster": given.name, "cnpg.io/instanceName": instance, "cnpg.io/pvcRole": role },
    class: storageClass,
    size,
    modes: ["ReadWriteOnce"],
  });
  const { storage, walStorage } = given.spec;
  return [
    claim(instance, "PG_DATA", storage),
    ...(walStorage ? [claim(`${instance}-wal`, "PG_WAL", walStorage)] : []),
  ].map((one) => (serial > 1 ? { ...one, after: `Pod/${instanceName(given, serial - 1)}` } : one));
}

/** Keys of a Secret that CloudNativePG creates for a user. */
const userKeys = [
  "dbname",
  "fqdn-jdbc-uri",
  "fqdn-uri",
  "host",
  "jdbc-uri",
  "password",
  "pgpass",
  "port",
  "uri",
  "user",
  "username",
];

function secrets({ name, spec }: Cluster, pooled: boolean): readonly Made[] {
  const { certificates, bootstrap } = spec;
  const certificate = (part: string, keys = tlsKeys, type = tls, labels: Labels = certificateLabels) =>
    secret(`${name}-${part}`, keys, labels, type);
  const user = (part: string, type: string) =>
    secret(
      `${name}-${part}`,
      userKeys,
      { ...certificateLabels, "cnpg.io/reload": "true", "cnpg.io/userType": type },
      "kubernetes.io/basic-auth",
    );
  const external = bootstrap?.recovery ?? bootstrap?.pg_basebackup;
  const owned = external === undefined || external.owner !== undefined;
  const given = bootstrap?.initdb?.secret ?? external?.secret;
  const authority = certificates.serverCASecret === undefined || certificates.clientCASecret === undefined;
  return [
    ...(authority ? [secret(`${name}-ca`, ["ca.crt", "ca.key"], certificateLabels)] : []),
    ...(certificates.serverTLSSecret === undefined ? [certificate("server")] : []),
    ...(certificates.replicationTLSSecret === undefined ? [certificate("replication")] : []),
    ...(pooled
      ? [certificate("pooler", tlsKeys, tls, { ...certificateLabels, "cnpg.io/reload": "true" })]
      : []),
    ...(owned && given === undefined ? [user("app", "app")] : []),
    ...(spec.enableSuperuserAccess && spec.superuserSecret === undefined
      ? [user("superuser", "superuser")]
      : []),
  ];
}
