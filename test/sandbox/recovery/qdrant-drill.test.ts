import { join } from "node:path";
import { copyOf, corrupt, onlyBackup, rewriteManifest, truncate } from "./damage";
import { describeDrill, Workplace } from "./programs";
import { QdrantStandIn } from "./qdrant-stand-in";

const key = "a-key";

describeDrill(
  "vectors are restored from the snapshots of all members, with a stand-in for Qdrant, which no registry here has (R1, R2)",
  ["python3", "rclone"],
  () => {
    const workplace = new Workplace();
    const destination = workplace.path("bucket", "vectors");
    const whole = new Map([
      ["market news", ["a", "b", "c"]],
      ["filings", ["d"]],
    ]);
    const members = [
      new QdrantStandIn(
        new Map([
          ["market news", ["a", "b"]],
          ["filings", ["d"]],
        ]),
        key,
        whole,
      ),
      new QdrantStandIn(new Map([["market news", ["c"]]]), key, whole),
    ];
    const servers: QdrantStandIn[] = [];
    let addresses: readonly string[] = [];
    const backUp = (to: string, QDRANT_API_KEY = key) =>
      workplace.script("qdrant-backup.py", {
        QDRANT_MEMBERS: addresses.join(" "),
        QDRANT_API_KEY,
        DESTINATION: to,
      });
    /** Members of a throw-away cluster share what is uploaded to any of them, and take one snapshot of a collection each. */
    const check = async (folder: string, count = members.length) => {
      const together = new Map<string, string[]>();
      const cluster = Array.from({ length: count }, () => new QdrantStandIn(new Map(), undefined, together));
      servers.push(...cluster);
      const urls = await Promise.all(cluster.map((server) => server.listen()));
      return workplace.script("qdrant-check.py", { QDRANT_SERVERS: urls.join(" "), DESTINATION: folder });
    };

    beforeAll(async () => {
      addresses = await Promise.all(members.map((member) => member.listen()));
      await workplace.must("mkdir", ["-p", workplace.path("bucket")]);
      expect(await backUp(destination)).toEqual({ code: 0, output: expect.stringContaining("backed up") });
    });

    afterAll(() => {
      for (const each of [...members, ...servers]) each.close();
      workplace.close();
    });

    test("with every vector, and nothing is left behind on the members", async () => {
      expect(members.map(({ snapshots }) => snapshots.size)).toEqual([0, 0]);
      expect(await check(destination)).toEqual({
        code: 0,
        output: expect.stringContaining("2 collections are as in its manifest"),
      });
    });

    test("not into fewer members than it is from: each has its own shards", async () => {
      expect(await check(destination, 1)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: \S+ has snapshots of 2 members, and 1 servers are there/),
      });
    });

    test("with another key the backup fails, and says so", async () => {
      const { code, output } = await backUp(workplace.path("bucket", "refused"), "another");
      expect(code).toBe(1);
      expect(output).toMatch(/FAILED: http:\S+\/collections: HTTP Error 403/);
    });

    test("truncated or corrupted, it is caught", async () => {
      const truncated = copyOf(destination, "truncated");
      truncate(join(onlyBackup(truncated), "0-0.snapshot"));
      expect(await check(truncated)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: 0-0.snapshot of \S+ is truncated/),
      });
      const corrupted = copyOf(destination, "corrupted");
      corrupt(join(onlyBackup(corrupted), "0-0.snapshot"));
      expect(await check(corrupted)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: 0-0.snapshot of \S+ is corrupted/),
      });
    });

    test("with other vectors than its manifest counts, it is caught", async () => {
      const damaged = copyOf(destination, "miscounted");
      rewriteManifest(onlyBackup(damaged), (text) => text.replace(/count 3 - least/, "count 4 - least"));
      expect(await check(damaged)).toEqual({
        code: 1,
        output: expect.stringMatching(/FAILED: market news of \S+ differs from its manifest: 3 vectors/),
      });
    });

    test("with half a manifest, it is no backup", async () => {
      const half = copyOf(destination, "half");
      rewriteManifest(onlyBackup(half), (text) => text.replace("end\n", ""));
      expect((await check(half)).output).toMatch(/FAILED: the manifest of \S+ is truncated/);
    });
  },
);
