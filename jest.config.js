/** Packages that are published as ES modules only; jest loads CommonJS, so SWC rewrites them. */
const esModules = ["@kubernetes/client-node", "openid-client", "oauth4webapi", "jose"];

const common = {
  transform: {
    "^.+\\.(t|j)s$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join("|")})/)`],
  modulePathIgnorePatterns: ["<rootDir>/build/"],
};

// No result depends on the day on which the tests run: all of them, and what they start, have the day of the recorded plan and
// states. A test of another day hands that in.
process.env.AI_PLATFORM_TODAY = require("./test/recorded-on.json").day;

// No test reaches a cloud, so that examples may stand in stack files.
process.env.AI_PLATFORM_CLOUDS = "simulated";

/** @type {import("jest").Config} */
module.exports = {
  testSequencer: "<rootDir>/test/sandbox/longest-first.js",
  // No test says how fast it is: this only ends what hangs, on a machine that has much else to do.
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/sandbox/"],
      runtime: "<rootDir>/test/support/shared-modules/runtime.js",
      testEnvironment: "<rootDir>/test/support/shared-modules/environment.ts",
    },
    {
      ...common,
      displayName: "sandbox",
      testMatch: ["<rootDir>/test/sandbox/**/*.test.ts"],
      globalSetup: "<rootDir>/test/sandbox/begin.ts",
      globalTeardown: "<rootDir>/test/sandbox/end.ts",
      setupFilesAfterEnv: ["<rootDir>/test/sandbox/patience.ts"],
    },
  ],
};
