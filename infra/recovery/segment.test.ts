import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const script = join(__dirname, "scripts", "postgresql-segment.sh");
const folder = mkdtempSync(join(tmpdir(), "ai-platform-segment-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** What PostgreSQL is told when rclone does what a shell command does. */
function statusWith(rclone: string): number | null {
  const wanted = ["000000010000000000000002", join(folder, "segment")];
  const environment = { PATH: process.env.PATH, ARCHIVE: "bucket:archive", RCLONE: rclone };
  return spawnSync("sh", [script, ...wanted], { env: environment }).status;
}

test("a file that rclone passes over, as it does in object storage, is the end of the log", () => {
  expect(statusWith("true")).toBe(1);
});

test("any other failure is not: above 125, PostgreSQL gives the recovery up", () => {
  expect(statusWith("false")).toBe(255);
});
