import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireCache, unwritableAdvice } from "./unwritable";

const folder = mkdtempSync(join(tmpdir(), "unwritable-"));
const before = process.env.XDG_CACHE_HOME;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
});

function failureOf(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("a cache that cannot be written to is told with the folder, the cause and what to set", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  process.env.XDG_CACHE_HOME = file;
  const root = join(file, "ai-platform");
  const error = failureOf(() => mkdirSync(join(root, "locks"), { recursive: true }));
  expect(unwritableAdvice(error)).toContain(
    `keeps everything in ${root}, and this user cannot write there (`,
  );
  expect(unwritableAdvice(error)).toContain("ENOTDIR: not a directory");
  expect(unwritableAdvice(error)).toContain("Example: XDG_CACHE_HOME=");
});

test("the refusal may name a parent of the folder that is still to be made", () => {
  process.env.XDG_CACHE_HOME = join(folder, "a", "b");
  const refusal = Object.assign(new Error("EACCES: permission denied"), {
    code: "EACCES",
    path: join(folder, "a"),
  });
  expect(unwritableAdvice(refusal)).toContain("EACCES: permission denied");
});

test("other failures are not the cache's", () => {
  process.env.XDG_CACHE_HOME = folder;
  expect(
    unwritableAdvice(Object.assign(new Error("EACCES"), { code: "EACCES", path: "/etc/shadow" })),
  ).toBeUndefined();
  expect(
    unwritableAdvice(Object.assign(new Error("ENOENT"), { code: "ENOENT", path: folder })),
  ).toBeUndefined();
  expect(unwritableAdvice("refused")).toBeUndefined();
});

describe("before a command begins", () => {
  test("a cache that is there or can be made is accepted", () => {
    process.env.XDG_CACHE_HOME = join(folder, "new", "folder");
    requireCache();
    requireCache();
    expect(existsSync(join(folder, "new", "folder", "ai-platform"))).toBe(true);
  });

  const file = join(folder, "taken");
  writeFileSync(file, "");
  mkdirSync(join(folder, "holds-a-file"));
  writeFileSync(join(folder, "holds-a-file", "ai-platform"), "");

  test.each([
    [
      "below a folder that takes no entries",
      "/proc/none",
      "ENOENT: no such file or directory, mkdir '/proc/none'",
    ],
    ["below a file", file, `ENOTDIR: not a directory, mkdir '${file}/ai-platform'`],
    ["that is a file", join(folder, "holds-a-file"), "EEXIST: file already exists"],
    ["on a file system that is read-only", "/sys/fs", /EROFS|EACCES|EPERM/],
  ])("a cache %s is refused with the folder, the reason and what to set", (_, home, reason) => {
    process.env.XDG_CACHE_HOME = home;
    expect(requireCache).toThrow(reason);
    expect(requireCache).toThrow(`keeps everything in ${join(home, "ai-platform")}, and this user cannot`);
    expect(requireCache).toThrow("set XDG_CACHE_HOME to another one. Example: XDG_CACHE_HOME=");
  });

  test("a cache by a relative path is refused: each process would take another folder for it", () => {
    process.env.XDG_CACHE_HOME = "cache";
    expect(requireCache).toThrow("XDG_CACHE_HOME is cache: it must be an absolute path.");
  });
});
