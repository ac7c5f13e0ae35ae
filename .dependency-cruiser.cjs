/**
 * Which way imports go, types included. `npm run lint` holds every file to these rules; test/structure shows that each of them
 * fails on what it forbids.
 *
 *     primitives, facts, cli  <-  infra  <-  apps  <-  program.ts
 *                                 infra  <-  model  <-  estimate  <-  proofs  <-  delivery, report, docs
 *     primitives, facts, cli, toolchain  <-  sandbox  <-  drills  <-  simulation  <-  delivery, bench
 *     policies stand by themselves
 */

/** Files that only tests read: they may read from everywhere. */
const tests = "^test/|\\.test\\.ts$|^jest\\.config\\.js$";

/** A rule: no file of a folder imports what the pattern matches. Tests are bound too where `tests` says so. */
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: "error",
  from: typeof from === "string" ? { path: from, pathNot: tests } : from,
  to: typeof to === "string" ? { path: to } : to,
});

/** Everything of this repository outside some folders. */
const outside = (...folders) => ({
  path: ".",
  pathNot: [`^(${folders.join("|")})/`, "^node_modules/"],
  dependencyTypesNot: ["core"],
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      "no-circle",
      "A file in a circle cannot be read, tested or moved without all the others, and what is undefined while modules load depends on who is loaded first.",
      {},
      { circular: true },
    ),
    forbid(
      "no-import-from-tests",
      "What runs on real clouds must not depend on what tests invent, and must run where tests are not installed.",
      { pathNot: tests },
      tests,
    ),
    forbid(
      "primitives-stand-alone",
      "Every layer and the sandbox use them: what they imported, all of these would carry. What the pack needs too it owns, for it is published by itself.",
      "^primitives/",
      {
        ...outside("primitives"),
        pathNot: ["^primitives/", "^policies/(quantity|day)\\.ts$", "^node_modules/"],
      },
    ),
    forbid(
      "cli-stands-alone",
      "Every command shares it, those of the sandbox too: it knows no stack, no plan and no cloud.",
      "^cli/",
      outside("cli"),
    ),
    forbid(
      "facts-stand-alone",
      "What clouds offer is a fact for the program and for the simulated clouds alike: it is neither's to know the other by.",
      "^facts/",
      outside("facts"),
    ),
    forbid(
      "toolchain-stands-alone",
      "Programs that are pinned and built here are run by the sandbox, the lock, the delivery and tests.",
      "^toolchain/",
      outside("toolchain", "cli"),
    ),
    forbid(
      "infra-below-apps",
      "What systems stand on is handed what it needs: it names no system, and reads nothing that is made of the program's plan.",
      "^infra/",
      outside("infra", "primitives", "facts"),
    ),
    forbid(
      "apps-on-infra",
      "Systems are built of what infra hands them; how they are composed, delivered and judged is not theirs to know.",
      "^apps/",
      outside("apps", "infra", "primitives", "facts"),
    ),
    forbid(
      "program-is-the-root",
      "The program composes the layers and is composed by none: only index.ts runs it.",
      { path: "/", pathNot: tests },
      "^(program|outputs|index)\\.ts$",
    ),
    forbid(
      "program-without-tools",
      "The engine runs the program where only what it needs is installed (`npm ci --omit=dev`).",
      "^(infra|apps|primitives)/|^(program|outputs|index)\\.ts$",
      { dependencyTypes: ["npm-dev"] },
    ),
    forbid(
      "model-below-its-readers",
      "The model says what stands. What asks it (proofs, estimates, reports) and what imitates it (the sandbox) would otherwise prove their own words.",
      "^model/",
      outside("model", "infra", "primitives", "facts", "cli"),
    ),
    forbid(
      "estimate-below-proofs",
      "Proofs ask the estimate whether a pod fits a node, never the other way round.",
      "^estimate/",
      outside("estimate", "model", "infra", "primitives", "facts", "cli"),
    ),
    forbid(
      "proofs-need-no-cluster",
      "Proofs read the model alone: they hold before there is a cluster, a sandbox or a delivery.",
      "^proofs/",
      outside("proofs", "estimate", "model", "infra", "primitives", "facts", "cli", "policies"),
    ),
    forbid(
      "policies-stand-alone",
      "The pack is published and installed by itself: everything that it imports has to be in its folder or in its package.json.",
      "^policies/",
      outside("policies"),
    ),
    forbid(
      "sandbox-stands-alone",
      "The sandbox runs any program: it is told what it has to know of this one (simulation), and knows of clouds the facts alone.",
      "^sandbox/",
      outside("sandbox", "primitives", "facts", "cli", "toolchain"),
    ),
    forbid(
      "drills-on-sandbox",
      "Drills rehearse failures in a stack that is up; how the sandbox is told of this project is not theirs to know.",
      "^drills/",
      outside("drills", "sandbox", "estimate", "model", "primitives", "facts", "cli"),
    ),
    forbid(
      "simulation-below-delivery",
      "Delivery and measurements run the sandbox as this project has it, never the other way round.",
      "^simulation/",
      outside("simulation", "drills", "sandbox", "model", "primitives", "cli", "toolchain"),
    ),
    forbid(
      "resolvable",
      "An import that cannot be found escapes every other rule.",
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    // TypeScript 7 has no parser to call; SWC is what the tests are compiled with, too.
    parser: "swc",
    // Types count: a circle of types keeps two files from being moved as much as a circle of values.
    tsPreCompilationDeps: true,
    doNotFollow: { path: "^node_modules/" },
    exclude: {
      path: "^(build|test/sandbox/fixtures|node_modules/\\.cache)/|(^|/)node_modules/.*/node_modules/",
    },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "require", "node", "default"],
      extensions: [".ts", ".js", ".json", ".d.ts"],
    },
  },
};
