import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const endWithEngine = join(__dirname, "end-with-engine.js");
const lasting = "console.log(process.pid); setInterval(() => undefined, 1_000)";

/** A shell in the engine's place that starts a lasting process in the background; `engine` is the shell's word for its process ID. */
function started(engine: string) {
  const script = `AI_PLATFORM_ENGINE=${engine} "$0" --require "$1" --eval "$2" & wait`;
  const stdio = ["ignore", "pipe", "inherit"] as const;
  return spawn("sh", ["-c", script, process.execPath, endWithEngine, lasting], { stdio: [...stdio] });
}

test("a process ends when the engine that started it is killed", async () => {
  const engine = started("$$");
  await once(engine.stdout, "data");
  const closed = once(engine.stdout, "close");
  engine.kill("SIGKILL");
  await closed;
});

test("a process whose engine was killed meanwhile does not begin", async () => {
  const engine = started("1");
  const said: string[] = [];
  engine.stdout.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  await once(engine, "close");
  expect(said).toEqual([]);
});
