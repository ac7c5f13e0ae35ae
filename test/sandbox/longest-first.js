const Sequencer = require("@jest/test-sequencer").default;

/** Suites of the sandbox that take minutes, the longest first: a worker that begins one last keeps the others waiting. */
const longest = [
  "lifecycle-clouds",
  "lifecycle-dev",
  "changes",
  "drills/nodes-drill",
  "kubernetes-provider",
  "bad-input",
  "kill",
  "upgrade",
  "control-plane",
  "drills/engine-drill",
  "manifests",
];

/** Before the others of the sandbox, and those before the unit tests, which fill what is left. */
function rank({ path }) {
  const place = longest.findIndex((name) => path.endsWith(`/sandbox/${name}.test.ts`));
  if (place >= 0) return place;
  return path.includes("/test/sandbox/") ? longest.length : longest.length + 1;
}

/** Begins with the suites that take longest; the others come in the order that the runner itself has for them. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};
