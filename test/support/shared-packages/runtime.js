// Jest gives each suite its own copy of every module. For the project's modules that keeps suites apart; for packages it only
// costs: loading the SDKs took more than half of the unit tests' time. Packages are loaded once a worker instead, into the realm
// that its suites share (environment.ts). A suite that changes a package asks for a copy of its own with `jest.requireActual`.
const { readFileSync } = require("node:fs");
const { createRequire, isBuiltin } = require("node:module");
const { dirname } = require("node:path");
const { compileFunction, constants, runInContext } = require("node:vm");
const { default: Runtime } = require("jest-runtime");

/** @type {Map<string, { exports: unknown }>} Loaded modules by path. */
const modules = new Map();

class SharedPackagesRuntime extends Runtime {
  constructor(...given) {
    super(...given);
    const [config, environment] = given;
    this.environment = environment;
    forgetConfiguration();
    // What has to be rewritten first is jest's to load.
    this.rewritten = config.transformIgnorePatterns.map((pattern) => new RegExp(pattern));
  }

  requireModule(from, name, options, isRequireActual = false) {
    const path = isRequireActual ? undefined : this.sharedPath(from, name);
    return path === undefined
      ? super.requireModule(from, name, options, isRequireActual)
      : load(path, this.environment.getVmContext());
  }

  sharedPath(from, name) {
    if (name === undefined || isBuiltin(name) || /^[./]/.test(name)) return undefined;
    try {
      const path = createRequire(from).resolve(name);
      return this.rewritten.some((pattern) => pattern.test(path)) ? path : undefined;
    } catch {
      return undefined;
    }
  }
}

/** What an earlier suite has configured the SDK with is not the next one's. */
function forgetConfiguration() {
  for (const [path, { exports }] of modules) {
    if (path.endsWith("/@pulumi/pulumi/runtime/config.js")) exports.setAllConfig({});
  }
}

function load(path, context) {
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const own = createRequire(path);
  const required = Object.assign((name) => (isBuiltin(name) ? own(name) : load(own.resolve(name), context)), {
    resolve: own.resolve,
    cache: {},
  });
  const module = { exports: {}, id: path, filename: path, path: dirname(path), require: required };
  modules.set(path, module);
  try {
    evaluate(path, module, context);
  } catch (error) {
    modules.delete(path);
    throw error;
  }
  leaveOut[path.slice(path.lastIndexOf("/node_modules/") + "/node_modules/".length)]?.(module.exports);
  return module.exports;
}

function evaluate(path, module, context) {
  const text = readFileSync(path, "utf8");
  if (path.endsWith(".json")) {
    module.exports = runInContext("JSON", context).parse(text);
    return;
  }
  const parameters = ["exports", "require", "module", "__filename", "__dirname"];
  const run = compileFunction(text, parameters, {
    filename: path,
    parsingContext: context,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  run.call(module.exports, module.exports, module.require, module, path, module.path);
}

/** What the SDK does for people who debug programs costs a suite more than its tests. */
const leaveOut = {
  /** Promises are not watched for leaks. The sandbox's runs watch them. */
  "@pulumi/pulumi/runtime/debuggable.js": (sdk) => {
    sdk.debuggablePromise = (promise) => promise;
  },
  /** Resources tell the engine nothing of where their constructors were called. */
  "@pulumi/pulumi/resource.js": ({ Resource }) => {
    Object.defineProperty(Resource, "stackTrace", { value: () => [] });
  },
};

module.exports = { __esModule: true, default: SharedPackagesRuntime };
