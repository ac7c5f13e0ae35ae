import { clustersIn } from "../clusters";
import type { Fault, KeyPath } from "../fault";
import type { LinodeConfig } from "../linode";
import { isOwned } from "../linode-cluster";
import { nearest } from "../nearest";
import { configsOf, type Draft, type Surroundings } from "./rule";

/**
 * A service reaches the managed database that it uses. LKE has no NAT: each node leaves by a public address of its own, and the
 * database answers only addresses on its list. (C12)
 */
export function managedDatabase(draft: Draft, { systems }: Pick<Surroundings, "systems">): readonly Fault[] {
  const users = systems.flatMap((system) =>
    Object.entries(system.workloads).flatMap(([service, { managedDatabase: can = false }]) =>
      can ? [{ service, title: system.title, cluster: draft.systems?.[system.name]?.cluster }] : [],
    ),
  );
  return clustersIn(configsOf(draft), "linode").flatMap(({ name, config }) =>
    databaseFaults(name, config, users),
  );
}

/** A service that can use a managed database, and the cluster that its system runs on. */
interface DatabaseUser {
  readonly service: string;
  readonly title: string;
  readonly cluster: string | undefined;
}

function databaseFaults(
  name: string,
  linode: LinodeConfig,
  users: readonly DatabaseUser[],
): readonly Fault[] {
  const services = users.map(({ service }) => service);
  return Object.entries(linode.databases).flatMap(([service, { managed, clientCidrs }]) => {
    if (!managed) return [];
    const path = ["clusters", name, "databases", service];
    const user = users.find((one) => one.service === service);
    if (user === undefined) return [unused(path, service, services)];
    return [
      ...(user.cluster === name ? [] : [unreachable(path, `${user.title} does not run on this cluster`)]),
      ...nodeFaults(path, linode),
      ...(clientCidrs.length === 0 ? [noClients(path)] : []),
    ];
  });
}

function nodeFaults(path: KeyPath, { cluster, nodePools }: LinodeConfig): readonly Fault[] {
  if (!isOwned(cluster)) {
    const problem = `the nodes belong to the stack ${cluster.stack}, and this stack does not know their addresses`;
    return [unreachable(path, problem)];
  }
  const scaled = Object.entries(nodePools).flatMap(([name, { autoscaler }]) => (autoscaler ? [name] : []));
  if (scaled.length === 0) return [];
  const problem = `LKE has no NAT, and nodes that an autoscaler adds (${scaled.join(", ")}) have addresses that clientCidrs cannot name: their pods do not reach the database`;
  return [unreachable(path, problem)];
}

function unreachable(path: KeyPath, problem: string): Fault {
  return {
    path: [...path, "managed"],
    found: "true",
    problem,
    allowed:
      "false, which keeps the database and has the service use PostgreSQL in the cluster; or no entry, and there is no managed database",
    example: "false",
  };
}

function noClients(path: KeyPath): Fault {
  return {
    path: [...path, "clientCidrs"],
    found: "[]",
    problem: "the database answers no address, the nodes' own included",
    allowed: "the public address of each node of the cluster",
    example: "[172.105.64.11/32, 172.105.64.12/32]",
  };
}

function unused(path: KeyPath, service: string, services: readonly string[]): Fault {
  const meant = nearest(service, services);
  return {
    path,
    found: JSON.stringify(service),
    problem: `no service of this name uses a managed database${meant === undefined ? "" : `; did you mean ${meant}?`}`,
    allowed: services.join(" | "),
    example: JSON.stringify(services[0]),
  };
}
