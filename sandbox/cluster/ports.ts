import { readdir, readFile, readlink } from "node:fs/promises";
import { createServer } from "node:net";
import { hasCode } from "../../cli/errors";
import type { ClusterPorts } from "./folder";

/** Below the range from which systems take ports for outgoing connections, so that none of those is ever in the way. */
const firstPort = 21_000;
const lastPort = 29_999;

/** Free ports that no other cluster keeps. */
export async function chooseFreePorts(keptByOthers: ReadonlySet<number>): Promise<ClusterPorts> {
  const chosen: number[] = [];
  const count = lastPort - firstPort + 1;
  const offset = Math.floor(Math.random() * count);
  for (let step = 0; step < count && chosen.length < 3; step += 1) {
    const port = firstPort + ((offset + step) % count);
    if (!keptByOthers.has(port) && (await isFree(port))) {
      chosen.push(port);
    }
  }
  const [api, etcd, etcdPeer] = chosen;
  if (api === undefined || etcd === undefined || etcdPeer === undefined) {
    throw new Error(`No three free ports on 127.0.0.1 between ${firstPort} and ${lastPort}.`);
  }
  return { api, etcd, etcdPeer };
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => {
      if (hasCode(error, "EADDRINUSE", "EACCES")) {
        resolve(false);
      } else {
        reject(error);
      }
    });
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Who listens on the port, as a person would look for it; undefined where the system does not tell. */
export async function ownerOf(port: number): Promise<string | undefined> {
  const inodes = new Set([
    ...listeners(await read("/proc/net/tcp"), port),
    ...listeners(await read("/proc/net/tcp6"), port),
  ]);
  if (inodes.size === 0) {
    return undefined;
  }
  for (const pid of (await list("/proc")).filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of await list(`/proc/${pid}/fd`)) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "");
      if (inodes.has(target.replace(/^socket:\[(\d+)\]$/, "$1"))) {
        const command = (await read(`/proc/${pid}/cmdline`)).split("\0").join(" ").trim();
        return `process ${pid} (${command.slice(0, 120)})`;
      }
    }
  }
  return undefined;
}

/** Socket inodes that listen on `port`, from the text of /proc/net/tcp. */
export function listeners(table: string, port: number): readonly string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  return table
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${wanted}`) && fields[3] === "0A")
    .flatMap((fields) => fields[9] ?? []);
}

async function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

async function list(path: string): Promise<readonly string[]> {
  return readdir(path).catch(() => []);
}
