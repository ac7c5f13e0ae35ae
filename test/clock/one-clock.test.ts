import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const repository = join(__dirname, "..", "..");

/** Who may ask the system's clock, and what for: never for the day that a result depends on. */
const allowed: Readonly<Record<string, string>> = {
  "policies/day.ts": "today, for all others",
  "delivery/commands/audit-event.ts": "the moment at which an entry of a log was written",
  "sandbox/clouds/aws-cli.ts": "the moment at which a token expires",
  "sandbox/cluster/cloud-controller/events.ts": "a name that no other event has",
  "sandbox/cluster/pki.ts": "the day from which certificates are valid for years",
  "sandbox/cluster/pki.test.ts": "the present, for a process whose clock is ahead",
};

/** What asks the clock. A whole moment as text is a time stamp: what a cloud notes of a resource, and nothing is decided by it. */
const asking = /\bnew Date\(\)(?!\.toISOString\(\)(?!\.slice))|\bDate\.now\(\)|\bDate\(\)(?<!new Date\(\))/;

const self = "test/clock/one-clock.test.ts";
const sources = sourcesBelow("").filter((file) => file !== self);

const askers = sources.filter((file) => asking.test(readFileSync(join(repository, file), "utf8")));

test("the day is read in one place: `today()` of policies/day.ts, and lapses are measured by `performance.now()`", () => {
  expect(askers.filter((file) => !(file in allowed))).toEqual([]);
});

test("all that may ask the clock do", () => {
  expect(Object.keys(allowed).filter((file) => !askers.includes(file))).toEqual([]);
});

test.each([
  ["new Date()", true],
  ["new Date().toISOString().slice(0, 10)", true],
  ["new Date().getTime()", true],
  ["Date.now() - started", true],
  ["String(Date())", true],
  ["createdAt: new Date().toISOString()", false],
  ["new Date(today())", false],
  ["performance.now()", false],
])("%s asks the clock for more than a time stamp: %s", (source, asks) => {
  expect(asking.test(source)).toBe(asks);
});

/** Paths of the project's own sources, from its root. */
function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return isForeign(entry.name) ? [] : sourcesBelow(path);
    return /\.[jt]s$/.test(path) ? [path] : [];
  });
}

function isForeign(folder: string): boolean {
  return folder.startsWith(".") || folder === "node_modules" || folder === "build";
}
