import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { copyOf, corrupt, onlyBackup, rewriteManifest, truncate } from "./damage";
import { describeDrill, Workplace } from "./programs";

const password = "a-password-of-the-drill";
const keys = 500;

describeDrill(
  "a Redis is restored from its backup (R1, R2)",
  ["redis-server", "redis-cli", "redis-check-rdb", "rclone"],
  () => {
    const workplace = new Workplace();
    const port = "16397";
    const source = {
      REDIS_HOST: "127.0.0.1",
      REDIS_PORT: port,
      REDISCLI_AUTH: password,
      REDIS_CLUSTER: "no",
    };
    const destination = workplace.path("bucket", "redis");
    const ask = (...args: readonly string[]) =>
      workplace.must("redis-cli", ["-p", port, ...args], { REDISCLI_AUTH: password });
    const check = (folder: string) => workplace.script("redis-check.sh", { DESTINATION: folder });

    beforeAll(async () => {
      await workplace.must("redis-server", [
        ...["--port", port, "--bind", "127.0.0.1", "--requirepass", password],
        ...["--repl-diskless-sync-delay", "0"],
        ...["--dir", workplace.folder, "--daemonize", "yes", "--logfile", workplace.path("redis.log")],
      ]);
      await workplace.redisListens(port);
      await ask("EVAL", `for i = 1, ${keys} do redis.call('SET', 'key:' .. i, string.rep('x', i)) end`, "0");
      await ask("-n", "1", "SET", "session", "gone by the time of the check", "EX", "15");
      const backup = await workplace.script("redis-backup.sh", { ...source, DESTINATION: destination });
      expect(backup).toEqual({ code: 0, output: expect.stringContaining("backed up") });
    });

    afterAll(async () => {
      await workplace.run("redis-cli", ["-p", port, "SHUTDOWN", "NOSAVE"], { REDISCLI_AUTH: password });
      workplace.close();
    });

    test("with every key, those that have expired since included", async () => {
      expect(readFileSync(join(onlyBackup(destination), "manifest"), "utf8")).toMatch(
        new RegExp(`^store redis\ncount ${keys + 1} - 0.rdb\nfile [0-9a-f]{64} [0-9]+ 0.rdb\nend\n$`),
      );
      while ((await ask("-n", "1", "EXISTS", "session")) !== "0") {
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      expect(await check(destination)).toEqual({
        code: 0,
        output: expect.stringContaining("restored Redis"),
      });
    });

    test("encrypted, where the bucket does not encrypt, and with another key not at all", async () => {
      const sealed = {
        DESTINATION: "sealed:redis",
        ENCRYPTION_KEY: "a-key-of-the-drill",
        RCLONE_CONFIG_SEALED_TYPE: "crypt",
        RCLONE_CONFIG_SEALED_REMOTE: workplace.path("sealed"),
        RCLONE_CONFIG_SEALED_FILENAME_ENCRYPTION: "off",
        RCLONE_CONFIG_SEALED_DIRECTORY_NAME_ENCRYPTION: "false",
      };
      expect(await workplace.script("redis-backup.sh", { ...source, ...sealed })).toMatchObject({ code: 0 });
      const written = readFileSync(join(onlyBackup(workplace.path("sealed", "redis")), "0.rdb.bin"));
      expect(written.subarray(0, 6).toString()).toBe("RCLONE");
      expect(await workplace.script("redis-check.sh", sealed)).toMatchObject({ code: 0 });
      const locked = await workplace.script("redis-check.sh", { ...sealed, ENCRYPTION_KEY: "another" });
      expect(locked).toEqual({ code: 1, output: expect.stringContaining("FAILED: cannot fetch manifest") });
    });

    test("with another password the backup fails, and says so", async () => {
      const { code, output } = await workplace.script("redis-backup.sh", {
        ...source,
        REDISCLI_AUTH: "another",
        DESTINATION: workplace.path("bucket", "refused"),
      });
      expect(code).toBe(1);
      expect(output).toMatch(/FAILED: no snapshot of 127.0.0.1:16397/);
    });

    test("truncated, it is caught", async () => {
      const damaged = copyOf(destination, "truncated");
      truncate(join(onlyBackup(damaged), "0.rdb"));
      const { code, output } = await check(damaged);
      expect(code).toBe(1);
      expect(output).toMatch(/FAILED: 0.rdb of \S+ is truncated: \d+ bytes, its manifest says \d+/);
    });

    test("corrupted, it is caught", async () => {
      const damaged = copyOf(destination, "corrupted");
      corrupt(join(onlyBackup(damaged), "0.rdb"));
      const { code, output } = await check(damaged);
      expect(code).toBe(1);
      expect(output).toMatch(/FAILED: 0.rdb of \S+ is corrupted: its checksum differs/);
    });

    test("corrupted before it was uploaded, so that its checksum holds, it is caught by Redis itself", async () => {
      const damaged = copyOf(destination, "born-corrupted");
      const snapshot = join(onlyBackup(damaged), "0.rdb");
      corrupt(snapshot);
      const [checksum = ""] = (await workplace.must("sha256sum", [snapshot])).split(" ");
      rewriteManifest(onlyBackup(damaged), (text) => text.replace(/file [0-9a-f]{64}/, `file ${checksum}`));
      const { code, output } = await check(damaged);
      expect(code).toBe(1);
      expect(output).toMatch(/FAILED: 0.rdb of \S+ is not whole/);
    });

    test("with other keys than its manifest counts, it is caught", async () => {
      const damaged = copyOf(destination, "miscounted");
      rewriteManifest(onlyBackup(damaged), (text) => text.replace(`count ${keys + 1}`, `count ${keys + 2}`));
      const { code, output } = await check(damaged);
      expect(code).toBe(1);
      expect(output).toMatch(/FAILED: Redis of \S+ differs from its manifest/);
    });

    test("without a manifest, or with half of one, it is no backup", async () => {
      const unfinished = copyOf(destination, "unfinished");
      renameSync(join(onlyBackup(unfinished), "manifest"), join(onlyBackup(unfinished), "other"));
      expect((await check(unfinished)).output).toMatch(/FAILED: there is no whole backup in/);
      const half = copyOf(destination, "half");
      rewriteManifest(onlyBackup(half), (text) => text.replace("end\n", ""));
      expect((await check(half)).output).toMatch(/FAILED: the manifest of \S+ is truncated/);
    });

    test("too old, it is missed", async () => {
      const old = copyOf(destination, "old");
      renameSync(onlyBackup(old), join(old, "20200101T020000Z"));
      const { code, output } = await check(old);
      expect(code).toBe(1);
      expect(output).toMatch(/FAILED: the newest backup, 20200101T020000Z, is \d+ hours old/);
    });
  },
);
