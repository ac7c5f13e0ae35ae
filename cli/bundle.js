// node bundle.js <entry> <kept> <source>...: prints a TypeScript file and all that it imports as one CommonJS module, and keeps it
// as <kept>.js. <kept>.json says when each file that it is made of, and each further <source>, had changed last.
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const { dirname, join, sep } = require("node:path");
const { build } = require("esbuild");
const { changedAt } = require("./changed-at");

const [entry, kept, ...sources] = process.argv.slice(2);

/** There is one of each in a process: what is loaded separately shares them, and patches reach all that use them. */
const shared = ["@pulumi/pulumi", "@pulumi/policy", "@grpc/grpc-js", "google-protobuf", "@npmcli/arborist"];

/** Not for bundles: a program of its own, and a compiler. */
const separate = ["esbuild", "typescript"];

/** A map that says nothing, so that those of packages are not read at each start. */
const noMap = `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from('{"version":3,"sources":[""],"mappings":"A"}').toString("base64")}`;

const ofPackage = `${sep}node_modules${sep}`;

const made = sources.map(stamp);

function stamp(path) {
  return { path, at: changedAt(path) };
}

/** A bundle has one folder, so each of the project's files is told its own. */
const places = {
  name: "places",
  setup({ onLoad }) {
    onLoad({ filter: /.*/ }, ({ path }) => {
      const isPackage = path.includes(ofPackage);
      // Before it is read: what changes while the bundle is made is noticed at the next start.
      if (!isPackage) made.push(stamp(path));
      if (!/\.[cm]?[jt]s$/.test(path)) return undefined;
      // A folder that is loaded by its files' names has its tests in it, too.
      if (path.endsWith(".test.ts")) return { contents: "" };
      const text = readFileSync(path, "utf8");
      if (isPackage)
        return { contents: text.replace(/^\/\/# sourceMappingURL=.*$/gm, "") + noMap, loader: "js" };
      const known = `const __filename = ${JSON.stringify(path)}, __dirname = ${JSON.stringify(dirname(path))};`;
      return { contents: known + text, loader: path.endsWith("ts") ? "ts" : "js" };
    });
  },
};

async function main() {
  const { outputFiles } = await build({
    absWorkingDir: dirname(entry),
    entryPoints: [entry],
    outfile: join(dirname(entry), "bundle.js"),
    ...{ bundle: true, write: false, logLevel: "error", logOverride: { "direct-eval": "silent" } },
    ...{ platform: "node", format: "cjs", target: `node${process.versions.node}` },
    ...{ sourcemap: "inline", sourcesContent: false },
    external: [...shared, ...separate].flatMap((name) => [name, `${name}/*`]),
    plugins: [places],
  });
  const [{ text }] = outputFiles;
  keep(text);
  process.stdout.write(text);
}

/** Whole or not at all. Where nothing can be written the next run makes the bundle again. */
function keep(text) {
  try {
    replace(`${kept}.js`, text);
    replace(`${kept}.json`, JSON.stringify(made));
  } catch {
    return;
  }
}

function replace(file, text) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}

main().catch(({ message }) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
