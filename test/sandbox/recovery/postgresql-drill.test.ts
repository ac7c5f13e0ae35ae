import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyOf, corrupt, onlyBackup, rewriteManifest, truncate } from "./damage";
import { describeDrill, type Ended, Workplace } from "./programs";

const rows = 2000;

describeDrill(
  "a PostgreSQL is restored from its archive and its dump (R1, R2)",
  ["initdb", "postgres", "pg_ctl", "pg_basebackup", "pg_dump", "pg_checksums", "psql", "rclone"],
  () => {
    const workplace = new Workplace();
    const port = "54397";
    const archive = workplace.path("bucket", "archive");
    const destination = workplace.path("bucket", "features");
    const owner = {
      PGHOST: "127.0.0.1",
      PGPORT: port,
      PGUSER: "features",
      PGPASSWORD: "a-password",
      PGDATABASE: "features",
    };
    const sql = (command: string, user = "features") =>
      workplace.must("psql", ["--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-Atc", command], {
        ...owner,
        PGUSER: user,
      });
    const backUp = (to: string): Promise<Ended> =>
      workplace.script("postgresql-backup.sh", { ...owner, DUMP: "yes", DESTINATION: to });
    /** The database of a cloud, of which an address is all that is known. */
    const backUpByUrl = (to: string): Promise<Ended> =>
      workplace.script("postgresql-backup.sh", {
        DATABASE_URL: `postgresql://features:a-password@127.0.0.1:${port}/features?sslmode=prefer`,
        PGDATABASE: "features",
        DUMP: "yes",
        DESTINATION: to,
      });
    const check = (folder: string, from = archive): Promise<Ended> =>
      workplace.script("postgresql-check.sh", {
        DESTINATION: folder,
        ARCHIVE: from,
        PGDATABASE: "features",
        PRELOAD: "",
      });

    /** What the operator does at 02:00: a base backup, laid out as Barman does it for the cloud. */
    async function takeBaseBackup(name: string): Promise<void> {
      const folder = join(archive, "base", name);
      await workplace.must("pg_basebackup", ["-D", folder, "-Ft", "-z", "-X", "none", "-c", "fast"], {
        ...owner,
        PGUSER: "postgres",
      });
      renameSync(join(folder, "base.tar.gz"), join(folder, "data.tar.gz"));
      const end = await sql("SELECT pg_current_wal_lsn()");
      writeFileSync(
        join(folder, "backup.info"),
        `begin_wal=000000010000000000000002\nend_xlog=${end}\nstatus=DONE\n`,
      );
    }

    beforeAll(async () => {
      const data = workplace.path("data");
      await workplace.must("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "--data-checksums", "-N"]);
      const store = workplace.path("archive.sh");
      writeFileSync(
        store,
        `set -eu\nfolder="${archive}/wals/$(printf '%.16s' "$2")"\nmkdir -p "$folder"\ngzip -c "$1" >"$folder/$2.gz"\n`,
      );
      await workplace.must("mkdir", ["-p", archive]);
      appendFileSync(
        join(data, "postgresql.conf"),
        [
          `port = ${port}`,
          "listen_addresses = '127.0.0.1'",
          `unix_socket_directories = '${workplace.folder}'`,
          "archive_mode = on",
          `archive_command = 'sh ${store} %p %f'`,
          "",
        ].join("\n"),
      );
      await workplace.must("pg_ctl", ["-D", data, "-w", "-l", workplace.path("server.log"), "start"]);
      await workplace.must("createuser", ["features"], { ...owner, PGUSER: "postgres" });
      await workplace.must("createdb", ["-O", "features", "features"], { ...owner, PGUSER: "postgres" });
      await sql("CREATE TABLE early (id int PRIMARY KEY); INSERT INTO early SELECT generate_series(1, 10)");
      await takeBaseBackup("20261125T020000");
      await sql(
        `CREATE SCHEMA store;
         CREATE TABLE store."Feature values" (id int, name text, at timestamptz, value float8) PARTITION BY RANGE (id);
         CREATE TABLE store.low PARTITION OF store."Feature values" FOR VALUES FROM (0) TO (1000);
         CREATE TABLE store.high PARTITION OF store."Feature values" FOR VALUES FROM (1000) TO (100000);
         INSERT INTO store."Feature values" SELECT n, 'feature ' || n, now(), n / 3.0 FROM generate_series(1, ${rows}) n`,
      );
      // Somebody writes without a pause while the backup is made.
      await sql("CREATE TABLE busy (id bigserial PRIMARY KEY)");
      const writer = workplace.run(
        "psql",
        ["--no-psqlrc", "-c", "DO $$ BEGIN LOOP INSERT INTO busy DEFAULT VALUES; COMMIT; END LOOP; END $$"],
        owner,
      );
      const backedUp = await backUp(destination);
      await sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'DO %'", "postgres");
      await writer;
      expect(backedUp).toEqual({ code: 0, output: expect.stringContaining("backed up") });
      expect(await backUpByUrl(workplace.path("bucket", "by-url"))).toEqual({
        code: 0,
        output: expect.stringContaining("backed up"),
      });
      // What comes after the backup's position must not be in what is restored to it.
      await sql(`DELETE FROM store."Feature values" WHERE id > 10; DROP TABLE early`);
      await sql("SELECT pg_switch_wal()", "postgres");
      await takeBaseBackup("20261126T020000");
      await workplace.must("pg_ctl", ["-D", data, "-w", "-m", "fast", "stop"]);
    });

    afterAll(async () => {
      await workplace.run("pg_ctl", ["-D", workplace.path("data"), "-m", "immediate", "stop"]);
      workplace.close();
    });

    /** The archive, for a drill to damage. */
    async function archiveFor(drill: string): Promise<string> {
      const copy = `${archive}-${drill}`;
      await workplace.must("cp", ["-r", archive, copy]);
      return copy;
    }

    function segmentsOf(folder: string): readonly string[] {
      return readdirSync(join(folder, "wals"), { recursive: true, encoding: "utf8" })
        .filter((name) => /\/[0-9A-F]{24}\.gz$/.test(name))
        .sort()
        .map((name) => join(folder, "wals", name));
    }

    test("with every row, at the position where they were counted", async () => {
      const manifest = readFileSync(join(onlyBackup(destination), "manifest"), "utf8").split("\n");
      expect(manifest).toEqual([
        "store postgresql",
        expect.stringMatching(/^point [0-9A-F]+\/[0-9A-F]+$/),
        "count 3 - tables",
        expect.stringMatching(/^count [1-9][0-9]* -?[0-9]+ public.busy$/),
        expect.stringMatching(/^count 10 -?[0-9]+ public.early$/),
        expect.stringMatching(new RegExp(`^count ${rows} -?[0-9]+ store."Feature values"$`)),
        expect.stringMatching(/^file [0-9a-f]{64} [0-9]+ dump$/),
        "end",
        "",
      ]);
      expect(await check(destination)).toEqual({
        code: 0,
        output: expect.stringMatching(/restored features of \S+: 4 counts are as in its manifest/),
      });
    });

    test("by an address alone the same is counted and dumped", () => {
      const manifest = readFileSync(join(onlyBackup(workplace.path("bucket", "by-url")), "manifest"), "utf8");
      expect(manifest).toMatch(new RegExp(`^count ${rows} -?[0-9]+ store."Feature values"$`, "m"));
      expect(manifest).toMatch(/^file [0-9a-f]{64} [1-9][0-9]* dump$/m);
    });

    test("without an archive, as a cloud's own database, its dump is restored into a server of its own", async () => {
      expect(await check(destination, "")).toEqual({
        code: 0,
        output: expect.stringMatching(/restored features of \S+: 4 counts are as in its manifest/),
      });
      const without = copyOf(destination, "no-dump");
      rmSync(join(onlyBackup(without), "dump"));
      rewriteManifest(onlyBackup(without), (text) => text.replace(/file .*\n/, ""));
      expect(await check(without, "")).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: \S+ has no dump, and features has no archive/),
      });
      const others = copyOf(destination, "other-rows");
      rewriteManifest(onlyBackup(others), (text) => text.replace(/(count 10 )\S+/, "$112345"));
      expect(await check(others, "")).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: the dump of features of \S+ differs from its manifest/),
      });
    });

    test("whose dump is truncated or corrupted, it is caught", async () => {
      const truncated = copyOf(destination, "truncated");
      truncate(join(onlyBackup(truncated), "dump"));
      expect(await check(truncated)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: dump of \S+ is truncated: \d+ bytes, its manifest says \d+/),
      });
      const corrupted = copyOf(destination, "corrupted");
      corrupt(join(onlyBackup(corrupted), "dump"));
      expect(await check(corrupted)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: dump of \S+ is corrupted: its checksum differs/),
      });
    });

    test("whose dump is of another database than the manifest, it is caught", async () => {
      const damaged = copyOf(destination, "foreign-dump");
      const dump = join(onlyBackup(damaged), "dump");
      writeFileSync(dump, "no dump at all");
      const [checksum = ""] = (await workplace.must("sha256sum", [dump])).split(" ");
      rewriteManifest(onlyBackup(damaged), (text) => text.replace(/file .*/, `file ${checksum} 14 dump`));
      expect(await check(damaged)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: the dump of \S+ cannot be restored/),
      });
    });

    test("with fewer rows than its manifest counts, or others, it is caught", async () => {
      const fewer = copyOf(destination, "fewer");
      rewriteManifest(onlyBackup(fewer), (text) => text.replace(`count ${rows} `, `count ${rows + 1} `));
      expect(await check(fewer)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: the archive of features of \S+ differs from its manifest/),
      });
      const others = copyOf(destination, "others");
      rewriteManifest(onlyBackup(others), (text) => text.replace(/(count 10 )\S+/, "$112345"));
      expect(await check(others)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: the archive of features of \S+ differs from its manifest/),
      });
    });

    test("whose base backup is truncated, it is caught", async () => {
      const damaged = await archiveFor("truncated-base");
      truncate(join(damaged, "base", "20261125T020000", "data.tar.gz"));
      expect(await check(destination, damaged)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: data.tar.gz of the base backup 20261125T020000 is not whole/),
      });
    });

    test("whose log is missing, truncated or corrupted, it is caught", async () => {
      const cannot = /FAILED: the base backup 20261125T020000 cannot be recovered to/;
      for (const [drill, damage] of [
        ["missing", (path: string) => rmSync(path)],
        ["truncated", truncate],
        ["corrupted", corrupt],
      ] as const) {
        const damaged = await archiveFor(`${drill}-log`);
        // The first segments are the base backup's own, and older; the position is in the last but the second backup's.
        for (const segment of segmentsOf(damaged).slice(2)) damage(segment);
        expect([drill, await check(destination, damaged)]).toEqual([
          drill,
          { code: 1, output: expect.stringMatching(cannot) },
        ]);
      }
    });

    test("without a base backup from before the position, it is caught", async () => {
      const damaged = await archiveFor("late");
      rmSync(join(damaged, "base", "20261125T020000"), { recursive: true });
      expect(await check(destination, damaged)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: \S+ has no base backup from before/),
      });
    });
  },
);
