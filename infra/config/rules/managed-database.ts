import type { Fault, KeyPath } from "../fault";
import { isOwned } from "../linode-cluster";
import { nearest } from "../nearest";
import type { Draft, Surroundings } from "./rule";

/**
 * A service reaches the managed database that it uses. LKE has no NAT: each node leaves by a public address of its own, and the
 * database answers only addresses on its list. (C12)
 */
export function managedDatabase(
  { linode, systems }: Draft,
  surroundings: Pick<Surroundings, "systems">,
): readonly Fault[] {
  const users = surroundings.systems.flatMap((system) =>
    Object.entries(system.workloads).flatMap(([service, { managedDatabase: can = false }]) =>
      can ? [{ service, system }] : [],
    ),
  );
  return Object.entries(linode?.databases ?? {}).flatMap(([service, { managed, clientCidrs }]) => {
    if (!managed) return [];
    const path = ["linode", "databases", service];
    const user = users.find((one) => one.service === service)?.system;
    if (user === undefined) {
      return [
        unused(
          path,
          service,
          users.map((one) => one.service),
        ),
      ];
    }
    return [
      ...(systems?.[user.name]?.cluster === "linode"
        ? []
        : [unreachable(path, `${user.title} does not run on LKE`)]),
      ...nodeFaults(path, linode),
      ...(clientCidrs.length === 0 ? [noClients(path)] : []),
    ];
  });
}

function nodeFaults(path: KeyPath, linode: Draft["linode"]): readonly Fault[] {
  if (linode === undefined) return [];
  const { cluster, nodePools } = linode;
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
