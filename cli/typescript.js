// Loads TypeScript as it is required: the file and all that it imports as one bundle, which is kept in node_modules/.cache until
// one of its sources changes. Every run starts several processes, and without this each spends most of its first second on
// finding, reading and compiling a thousand modules, hundreds of which it never uses.
const { execFileSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { join } = require("node:path");
const esbuild = require("esbuild/package.json");
const { changedAt } = require("./changed-at");

const modules = join(__dirname, "..", "node_modules");
const folder = join(modules, ".cache", "typescript");
const bundler = join(__dirname, "bundle.js");
/** Changes with each installation: the packages in a bundle are as old as it is. */
const installed = join(modules, ".package-lock.json");

// Node 22 and newer remember what V8 compiled, too.
enableCompileCache?.(join(folder, "compiled"));
process.setSourceMapsEnabled(true);
require.extensions[".ts"] = (module, file) => module._compile(bundleOf(file), file);

function bundleOf(file) {
  const kept = join(folder, digest(esbuild.version, process.version, file));
  return readKept(kept) ?? build(file, kept);
}

/** The bundle, if it is as new as all that it was made of. */
function readKept(kept) {
  try {
    const sources = JSON.parse(readFileSync(`${kept}.json`, "utf8"));
    return sources.every(({ path, at }) => at === changedAt(path))
      ? readFileSync(`${kept}.js`, "utf8")
      : undefined;
  } catch {
    return undefined;
  }
}

/** Made by a process of its own: esbuild's plugins answer later, and a module that is required has to be there at once. */
function build(file, kept) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // Nothing can be kept (a full disk, somebody else's folder): the bundle is made for this run alone.
  }
  const options = { encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "inherit"] };
  return execFileSync(process.execPath, [bundler, file, kept, bundler, installed], options);
}

function digest(...parts) {
  return createHash("sha256").update(parts.join("\0")).digest("hex");
}
