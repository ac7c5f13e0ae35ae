import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "interruption-"));
const children = new Set<ChildProcess>();

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const typescript = join(__dirname, "typescript.js");

/** A command whose work is this, with a handle of the interruption that tells what it is called for. */
function command(name: string, work: string): ChildProcess {
  const file = join(folder, `${name}.ts`);
  writeFileSync(
    file,
    `import { run } from ${JSON.stringify(join(__dirname, "command-line"))};
     import { interruptible } from ${JSON.stringify(join(__dirname, "interruption"))};
     const forever = setInterval(() => undefined, 1_000);
     const begun = () => process.stdout.write("begun\\n");
     void run(async () => { ${work} })({}).finally(() => clearInterval(forever));`,
  );
  const child = spawn(process.execPath, ["--require", typescript, file], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  return child;
}

/** Presses Ctrl-C once the work has begun, and again whenever the command has said this. */
async function interrupted(child: ChildProcess, again?: string) {
  let said = "";
  const closed = once(child, "close");
  child.stdout?.on("data", () => child.kill("SIGINT"));
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (again !== undefined && said.includes(again)) setTimeout(() => child.kill("SIGINT"), 1_200);
  });
  const [code] = await closed;
  return { code, said };
}

test("work that need not be asked ends at once: what is left and what is next is the last word", async () => {
  const child = command(
    "at-once",
    `return interruptible({ left: () => "Nothing was changed. Again: make it" }, () => {
       begun();
       return new Promise(() => undefined);
     });`,
  );
  expect(await interrupted(child)).toEqual({ code: 130, said: "\nNothing was changed. Again: make it\n" });
});

test.each([
  ["ends", "done(true)"],
  ["fails because of it", "fail(new Error('cancelled'))"],
])("work that is asked to end, and %s, is an interruption and no error", async (name, end) => {
  const child = command(
    name.replaceAll(" ", "-"),
    `let done: (value: boolean) => void = () => {};
     let fail: (error: Error) => void = () => {};
     const work = new Promise<boolean>((resolve, reject) => { done = resolve; fail = reject; });
     const stop = () => void setTimeout(() => ${end}, 50);
     return interruptible({ left: () => "outer" }, () =>
       interruptible({ left: () => "Half is done. Again: make it", stop }, () => {
         begun();
         return work;
       }));`,
  );
  expect(await interrupted(child)).toEqual({
    code: 130,
    said:
      "\nInterrupted: ending what is under way. Ctrl-C again ends at once.\n" +
      "\nHalf is done. Again: make it\n",
  });
});

test("a second Ctrl-C ends work that does not end", async () => {
  const child = command(
    "twice",
    `return interruptible({ left: () => "Half is done. Again: make it", stop: () => undefined }, () => {
       begun();
       return new Promise(() => undefined);
     });`,
  );
  const { code, said } = await interrupted(child, "Ctrl-C again ends at once.");
  expect(code).toBe(130);
  expect(said).toMatch(/\nHalf is done\. Again: make it\n$/);
});

test("one Ctrl-C that arrives several times is one", async () => {
  const child = command(
    "several",
    `let end: (value: boolean) => void = () => {};
     const work = new Promise<boolean>((done) => { end = done; });
     const stop = () => {
       process.kill(process.pid, "SIGINT");
       setTimeout(() => end(true), 200);
     };
     return interruptible({ left: () => "left", stop }, () => {
       begun();
       return work;
     });`,
  );
  const { code, said } = await interrupted(child);
  expect(code).toBe(130);
  expect(said.match(/left/g)).toHaveLength(1);
});
