import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyOf, corrupt, onlyBackup, rewriteManifest } from "./damage";
import { describeDrill, folders, Workplace } from "./programs";

/** What MongoDB's tools say, as their own sources print it. */
const said = {
  mongodump: [
    "2026-11-25T02:00:00.000+0000\twriting admin.system.version to archive '/workspace/archive.gz'",
    "2026-11-25T02:00:00.001+0000\tdone dumping admin.system.version (1 document)",
    "2026-11-25T02:00:00.002+0000\tdone dumping ai_middleware.jobs (12 documents)",
    "2026-11-25T02:00:00.003+0000\tdone dumping ai_middleware.users (1 document)",
    "2026-11-25T02:00:00.004+0000\tdumped 7 oplog entries",
  ],
  mongorestore: [
    "2026-11-25T05:00:00.000+0000\tfinished restoring ai_middleware.users (1 document, 0 failures)",
    "2026-11-25T05:00:00.001+0000\tfinished restoring ai_middleware.jobs (12 documents, 0 failures)",
    "2026-11-25T05:00:00.002+0000\tapplied 7 oplog entries",
    "2026-11-25T05:00:00.003+0000\t13 document(s) restored successfully. 0 document(s) failed to restore.",
  ],
};

describeDrill(
  "a MongoDB is restored from its dump, with stand-ins for its programs, which no registry here has (R1, R2)",
  ["rclone"],
  () => {
    const workplace = new Workplace();
    const destination = workplace.path("bucket", "mongodb");
    const programs = { PATH: [workplace.folder, ...folders].join(":") };
    const standIn = (name: string, lines: readonly string[]) => {
      const path = workplace.path(name);
      writeFileSync(path, ["#!/bin/sh", ...lines, ""].join("\n"));
      chmodSync(path, 0o755);
    };
    const say = (lines: readonly string[]) => `cat >&2 <<'SAID'\n${lines.join("\n")}\nSAID`;
    const check = (folder: string) =>
      workplace.script("mongodb-check.sh", { ...programs, DESTINATION: folder });

    beforeAll(async () => {
      standIn("mongodump", [
        `printf '%s\\n' "$@" | sed -n 's/^--archive=//p' | while read -r path; do echo archive >"$path"; done`,
        say(said.mongodump),
      ]);
      standIn("mongod", ["exec sleep 60"]);
      standIn("mongosh", ["exit 0"]);
      standIn("mongorestore", [say(said.mongorestore)]);
      await workplace.must("mkdir", ["-p", workplace.path("bucket")]);
      expect(
        await workplace.script("mongodb-backup.sh", {
          ...programs,
          MONGODB_HOSTS: "rs/one:27017",
          MONGODB_USER: "backup",
          MONGODB_PASSWORD: "password",
          MONGODB_AUTHORITY: "/secrets/ca.crt",
          DESTINATION: destination,
        }),
      ).toEqual({ code: 0, output: expect.stringContaining("backed up") });
    });

    afterAll(() => workplace.close());

    test("with every document of every collection, but the server's own", async () => {
      expect(await check(destination)).toEqual({
        code: 0,
        output: expect.stringMatching(/restored MongoDB of \S+: 3 counts are as in its manifest/),
      });
    });

    test("with fewer documents than its manifest counts, it is caught", async () => {
      const damaged = copyOf(destination, "miscounted");
      rewriteManifest(onlyBackup(damaged), (text) => text.replace("count 12 ", "count 13 "));
      expect(await check(damaged)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: MongoDB of \S+ differs from its manifest/),
      });
    });

    test("corrupted, or not to be restored, it is caught", async () => {
      const damaged = copyOf(destination, "corrupted");
      corrupt(join(onlyBackup(damaged), "archive.gz"));
      expect((await check(damaged)).output).toMatch(/FAILED: archive.gz of \S+ is corrupted/);
      standIn("mongorestore", ["echo 'Failed: no such thing' >&2", "exit 1"]);
      expect(await check(destination)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: the dump of \S+ cannot be restored: Failed: no such thing/),
      });
    });
  },
);
