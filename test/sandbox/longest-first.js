const Sequencer = require("@jest/test-sequencer").default;

/** Suites that take minutes, the longest first: a worker that begins one last keeps the others waiting. */
const longest = [
  "sandbox/lifecycle-clouds",
  "tutorials/tutorials",
  "sandbox/lifecycle-dev",
  "tutorials/forgotten",
  "sandbox/changes",
  "sandbox/drills/nodes-drill",
  "sandbox/kubernetes-provider",
  "sandbox/bad-input",
  "sandbox/kill",
  "sandbox/upgrade",
  "sandbox/control-plane",
  "sandbox/drills/engine-drill",
  "sandbox/manifests",
];

/** Before the others of the sandbox, and those before the other unit tests, which fill what is left. */
function rank({ path }) {
  const place = longest.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  if (place >= 0) return place;
  return path.includes("/test/sandbox/") ? longest.length : longest.length + 1;
}

/** Begins with the suites that take longest; the others come in the order that the runner itself has for them. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};
