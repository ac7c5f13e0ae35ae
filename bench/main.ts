import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { Argument } from "commander";
import { cachePaths } from "../cli/cache";
import { commandLine } from "../cli/command-line";
import { silentReporter } from "../cli/reporter";
import { markdownTable } from "../cli/table";
import { today } from "../policies/day";
import { simulatedClusters } from "../simulation/clusters";
import { ensureTools, toolNames } from "../toolchain";
import { growing } from "./growing";
import { peer } from "./peer";
import { policies } from "./policies";
import { gibibytes, type Section } from "./section";
import { stacks } from "./stacks";

const sections: readonly Section[] = [stacks, growing, policies, peer];

/** Measures in a cache of its own, where no stack is up yet, and with the tools that are there. */
async function bench(wanted: readonly string[]): Promise<void> {
  const cache = mkdtempSync(join(tmpdir(), "ai-platform-bench-"));
  process.env.AI_PLATFORM_TOOLS = cachePaths.tools();
  process.env.XDG_CACHE_HOME = cache;
  process.stdout.write(`${machine()}\n`);
  try {
    for (const section of sections.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      process.stdout.write(`\n## ${section.title}\n`);
      for (const table of await section.run()) process.stdout.write(`\n${markdownTable(table)}\n`);
    }
  } finally {
    await removeClusters();
    rmSync(cache, { recursive: true, force: true });
  }
}

/** Control planes live on when what started them has failed. */
async function removeClusters(): Promise<void> {
  const clusters = simulatedClusters(await ensureTools(toolNames, silentReporter), silentReporter);
  for (const identity of await clusters.list()) await clusters.remove(identity);
}

function machine(): string {
  const [first] = cpus();
  return `${cpus().length} x ${first?.model.trim() ?? "unknown"}, ${gibibytes(totalmem())}, Node ${process.version}, ${today()}`;
}

void commandLine("bench", "Measures how fast the project is, each figure beside its reference, as Markdown.")
  .addArgument(new Argument("[sections...]", "which; default: all").choices(sections.map(({ name }) => name)))
  .action(bench)
  .parseAsync();
