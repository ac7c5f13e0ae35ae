// Loads TypeScript as it is required. esbuild strips the types, and what it made is kept in node_modules/.cache until the
// file changes: every run starts several processes, and without this each spends more time in esbuild than in its own code.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { join } = require("node:path");
const esbuild = require("esbuild/package.json");

const folder = join(__dirname, "..", "node_modules", ".cache", "typescript");
const target = `node${process.versions.node}`;

// Node 22 and newer remember what V8 compiled, too.
enableCompileCache?.(join(folder, "compiled"));
process.setSourceMapsEnabled(true);
require.extensions[".ts"] = (module, file) => module._compile(javascriptOf(file), file);

function javascriptOf(file) {
  const source = readFileSync(file, "utf8");
  const key = `// ${digest(esbuild.version, target, source)}\n`;
  const kept = join(folder, `${digest(file)}.js`);
  const found = readKept(kept);
  if (found?.startsWith(key)) return found.slice(key.length);
  const { code } = require("esbuild").transformSync(source, {
    ...{ loader: "ts", format: "cjs", target, platform: "node" },
    ...{ sourcefile: file, sourcemap: "inline", sourcesContent: false },
  });
  keep(kept, key + code);
  return code;
}

function digest(...parts) {
  return createHash("sha256").update(parts.join("\0")).digest("hex");
}

function readKept(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Whole or not at all. Where nothing can be written (a full disk, somebody else's folder), the next run strips anew. */
function keep(file, code) {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, code);
    renameSync(unfinished, file);
  } catch {
    return;
  }
}
