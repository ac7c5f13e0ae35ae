const Sequencer = require("@jest/test-sequencer").default;

/** Suites of the sandbox that take minutes, the longest first: a worker that begins one last keeps the others waiting. */
const longest = [
  "lifecycle-clouds",
  "drills/nodes-drill",
  "drills/engine-drill",
  "kill",
  "lifecycle-dev",
  "kubernetes-provider",
  "control-plane",
  "changes",
  "bad-input",
  "upgrade",
];

function rank({ path }) {
  const place = longest.findIndex((name) => path.endsWith(`/sandbox/${name}.test.ts`));
  return place < 0 ? longest.length : place;
}

/** Begins with the suites that take longest; the others come in the order that the runner itself has for them. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};
