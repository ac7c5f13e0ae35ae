import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const repository = join(__dirname, "..", "..");
const page = readFileSync(join(repository, "docs", "troubleshooting.md"), "utf8");
const sources = ["cli", "sandbox", "toolchain", "simulation", "drills"]
  .flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      join(repository, folder, file),
    ),
  )
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => readFileSync(file, "utf8"));

/** Messages that the page quotes; commands are no messages. */
const messages = [...page.matchAll(/^\| `([^`]+)`/gm)]
  .map(([, message = ""]) => message)
  .filter((message) => !message.startsWith("make "));

/** What a message says, without what stands for a value: `<port>`. */
function fixedParts(message: string): readonly string[] {
  return message
    .split(/<\w+>/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

test("the page quotes messages", () => {
  expect(messages.length).toBeGreaterThan(6);
});

test.each(messages)("some command says: %s", (message) => {
  expect(sources.some((text) => fixedParts(message).every((part) => text.includes(part)))).toBe(true);
});

test("a message is compared without its values", () => {
  expect(fixedParts("Port <port> is taken by <process>")).toEqual(["Port", "is taken by"]);
});
