import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Summary } from "../sandbox/engine/summary";
import { cachePaths } from "../sandbox/paths";

/**
 * What a preview of prod costs: how long until the first resource, how long in all, and how long the same engine and
 * stand-ins take for as many resources without any program. Every number is the median of a few runs, measured here.
 */

const runs = 3;
const repository = resolve(__dirname, "..");
const floor = join(__dirname, "floor");

interface Measurement {
  /** Seconds from the start of the process to its end. */
  readonly total: number;
  /** Seconds from the start of the process to the first resource that the engine works on. */
  readonly firstResource: number;
  readonly resources: number;
}

function previewOnce(project: string, environment: NodeJS.ProcessEnv): Measurement {
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...["--require", join(repository, "sandbox", "typescript.js"), join(repository, "sandbox", "main.ts")],
      ...["preview", "--stack", "prod", "--project", project],
    ],
    { cwd: repository, env: environment, encoding: "utf8" },
  );
  const total = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) {
    throw new Error(`The preview of ${project} failed:\n${stdout}\n${stderr}`);
  }
  const summary: Summary = JSON.parse(readFileSync(join(project, "build", "summary", "prod.json"), "utf8"));
  return {
    total,
    firstResource: summary.seconds["to first resource"] ?? Number.NaN,
    resources: summary.changes.create ?? 0,
  };
}

function measure(project: string, environment: NodeJS.ProcessEnv): Measurement {
  previewOnce(project, environment);
  const measured = Array.from({ length: runs }, () => previewOnce(project, environment));
  return {
    total: median(measured.map(({ total }) => total)),
    firstResource: median(measured.map(({ firstResource }) => firstResource)),
    resources: measured[0]?.resources ?? 0,
  };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function main(): void {
  const cache = mkdtempSync(join(tmpdir(), "ai-platform-bench-"));
  const environment = { ...process.env, XDG_CACHE_HOME: cache, AI_PLATFORM_TOOLS: cachePaths.tools() };
  try {
    const prod = measure(repository, environment);
    const least = measure(floor, { ...environment, FLOOR_RESOURCES: String(prod.resources) });
    const rows: readonly (readonly [string, string])[] = [
      ["machine", `${cpus().length} x ${cpus()[0]?.model.trim() ?? "unknown"}, Node ${process.version}`],
      ["resources in the preview of prod", String(prod.resources)],
      ["start to first resource", `${prod.firstResource.toFixed(1)} s`],
      ["preview of prod", `${prod.total.toFixed(1)} s`],
      [`floor: ${least.resources} resources without a program`, `${least.total.toFixed(1)} s`],
      ["ratio", (prod.total / least.total).toFixed(2)],
    ];
    const width = Math.max(...rows.map(([name]) => name.length));
    process.stdout.write(`${rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n")}\n`);
    process.stdout.write(`median of ${runs} runs after a warm-up; no stack is up\n`);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

main();
