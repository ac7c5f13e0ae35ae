import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf, noDigests } from "../digests";
import { ChartArchives, digestOfArchive } from "./archives";

const chart = { chart: "oci://charts.example.com/greeter", version: "1.2.3" };

let folder: string;
let helm: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archives-"));
  helm = join(folder, "helm");
  offer("first");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A helm that pulls this archive for every chart. */
function offer(content: string): void {
  const script = `#!/bin/sh\nfor last; do :; done\nprintf %s '${content}' > "$last/greeter-1.2.3.tgz"\n`;
  writeFileSync(helm, script, { mode: 0o755 });
}

function archives(...digests: string[]): ChartArchives {
  return new ChartArchives(helm, join(folder, "kept"), {
    ...noDigests,
    chart: (name, version) => (name === "greeter" && version === "1.2.3" ? digests : []),
  });
}

async function pulled(from: ChartArchives): Promise<string> {
  const archive = await from.pull(chart, [chart.chart, "--version", chart.version]);
  if (!("path" in archive)) {
    throw new Error(archive.message);
  }
  expect(archive.digest).toBe(await digestOfArchive(archive.path));
  return readFileSync(archive.path, "utf8");
}

test("while the digest is open, whatever the repository has is taken", async () => {
  expect(await pulled(archives())).toBe("first");
  offer("second");
  expect(await pulled(archives())).toBe("second");
});

test("an archive that is not the locked one is refused: the message names chart, version and both digests", async () => {
  offer("second");
  await expect(pulled(archives(digestOf("first")))).rejects.toThrow(
    `the chart greeter 1.2.3 from oci://charts.example.com/greeter --version 1.2.3 has the digest ${digestOf("second")}, ` +
      `and the lock has ${digestOf("first")}`,
  );
});

test("a locked archive that was fetched before is not fetched again", async () => {
  const locked = archives(digestOf("first"));
  expect(await pulled(locked)).toBe("first");
  offer("second");
  expect(await pulled(locked)).toBe("first");
});

test("one that was damaged since is fetched again", async () => {
  const locked = archives(digestOf("first"));
  const archive = await locked.pull(chart, []);
  writeFileSync("path" in archive ? archive.path : "", "damaged");
  expect(await pulled(locked)).toBe("first");
});

test("an archive of a mirror is held against the lock by its own name, a folder is not", () => {
  const mirrored = { chart: "mirror/greeter-1.2.3.tgz", version: "1.2.3" };
  const locked = archives(digestOf("first"));
  expect(() => locked.verify(mirrored, digestOf("second"), "mirror")).toThrow(
    "the chart greeter 1.2.3 from mirror",
  );
  expect(() => locked.verify(mirrored, digestOf("first"), "mirror")).not.toThrow();
  expect(() => locked.verify(mirrored, undefined, "mirror")).not.toThrow();
});

test("a folder has no digest", async () => {
  mkdirSync(join(folder, "greeter"));
  expect(await digestOfArchive(join(folder, "greeter"))).toBeUndefined();
});

test("what helm says of its failure is handed on", async () => {
  writeFileSync(helm, "#!/bin/sh\necho 'Error: no such host' >&2\nexit 1\n", { mode: 0o755 });
  expect(await archives().pull(chart, [])).toEqual({ outcome: "failed", message: "no such host" });
});
