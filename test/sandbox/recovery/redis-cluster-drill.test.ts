import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onlyBackup } from "./damage";
import { describeDrill, Workplace } from "./programs";

const password = "a-password-of-the-drill";
const ports = ["16411", "16412", "16413"];
const keys = 300;

describeDrill(
  "a Redis cluster is restored from its backup (R1, R2)",
  ["redis-server", "redis-cli", "redis-check-rdb", "rclone"],
  () => {
    const workplace = new Workplace();
    const destination = workplace.path("bucket", "sessions");
    const [first = ""] = ports;
    const askMember = (port: string, ...args: readonly string[]) =>
      workplace.must("redis-cli", ["-p", port, ...args], { REDISCLI_AUTH: password });
    const ask = (...args: readonly string[]) => askMember(first, ...args);

    beforeAll(async () => {
      for (const port of ports) {
        await workplace.must("mkdir", [workplace.path(port)]);
        await workplace.must("redis-server", [
          ...["--port", port, "--bind", "127.0.0.1", "--requirepass", password, "--cluster-enabled", "yes"],
          ...["--cluster-node-timeout", "2000"],
          ...["--dir", workplace.path(port), "--daemonize", "yes", "--logfile", workplace.path(port, "log")],
          ...["--repl-diskless-sync-delay", "0"],
        ]);
      }
      for (const port of ports) await workplace.redisListens(port);
      const members = ports.map((port) => `127.0.0.1:${port}`);
      await ask("--cluster", "create", ...members, "--cluster-replicas", "0", "--cluster-yes");
      // Each member finds out for itself, and refuses keys until it has.
      for (const port of ports) {
        while (!(await askMember(port, "CLUSTER", "INFO")).includes("cluster_state:ok")) {
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      }
      for (let key = 0; key < keys; key += 1) {
        expect(await ask("-c", "SET", `session:${key}`, "x")).toContain("OK");
      }
    });

    afterAll(async () => {
      for (const port of ports) {
        await workplace.run("redis-cli", ["-p", port, "SHUTDOWN", "NOSAVE"], { REDISCLI_AUTH: password });
      }
      workplace.close();
    });

    const backUp = (to: string) =>
      workplace.script("redis-backup.sh", {
        REDIS_HOST: "127.0.0.1",
        REDIS_PORT: first,
        REDISCLI_AUTH: password,
        REDIS_CLUSTER: "yes",
        DESTINATION: to,
      });

    test("with the keys of every leader", async () => {
      expect(await backUp(destination)).toEqual({ code: 0, output: expect.stringContaining("backed up") });
      const manifest = readFileSync(join(onlyBackup(destination), "manifest"), "utf8");
      const counts = [...manifest.matchAll(/^count ([0-9]+) - [0-2]\.rdb$/gm)].map(([, count]) =>
        Number(count),
      );
      expect(counts).toHaveLength(3);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(keys);
      expect(await workplace.script("redis-check.sh", { DESTINATION: destination })).toEqual({
        code: 0,
        output: expect.stringMatching(/restored Redis of \S+: 3 counts are as in its manifest/),
      });
    });

    test("that has lost a leader is not backed up as if it were whole", async () => {
      const [, , lost = ""] = ports;
      await workplace.run("redis-cli", ["-p", lost, "SHUTDOWN", "NOSAVE"], { REDISCLI_AUTH: password });
      while (!(await ask("CLUSTER", "INFO")).includes("cluster_state:fail")) {
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      expect(await backUp(workplace.path("bucket", "partial"))).toEqual({
        code: 1,
        output: expect.stringContaining("FAILED: 127.0.0.1 is not whole: some of its slots have no leader"),
      });
    });
  },
);
