// Jest gives each suite its own copy of every module. Loading the SDKs again took more than half of the unit tests' time, and code
// that is loaded again is compiled again and begins slow. Modules are loaded once a worker instead, into the realm that its suites
// share (environment.ts): packages, and what the project consists of, which keeps no state in its modules. Tests and what supports
// them (test/) are each suite's own. So are the project's modules in a suite that mocks one, and what a suite asks for by
// `jest.requireActual`.
const { readFileSync } = require("node:fs");
const { createRequire, isBuiltin } = require("node:module");
const { dirname, join, sep } = require("node:path");
const { compileFunction, constants, runInContext } = require("node:vm");
const { default: Runtime } = require("jest-runtime");

/** @type {Map<string, { exports: unknown }>} Loaded modules by path. */
const modules = new Map();

/** @type {Map<string, string>} Where the translations of those are that were written in TypeScript, by path. */
const sourceMaps = new Map();

/** The runtime of the suite that runs: a shared module may ask for another one late. */
let current;

const packages = `${sep}node_modules${sep}`;

class SharedModulesRuntime extends Runtime {
  constructor(...given) {
    super(...given);
    const [{ rootDir }, environment, resolver, transformer] = given;
    Object.assign(this, {
      environment,
      resolver,
      transformer,
      tests: join(rootDir, "test") + sep,
      mocks: false,
    });
    current = this;
    for (const [path, map] of sourceMaps) this.getSourceMaps().set(path, map);
    forgetConfiguration();
  }

  requireModule(from, name, options, isRequireActual = false) {
    const path = isRequireActual ? undefined : this.sharedPath(from, name);
    return path === undefined ? super.requireModule(from, name, options, isRequireActual) : load(path);
  }

  setMock(...given) {
    this.mocks = true;
    super.setMock(...given);
  }

  sharedPath(from, name) {
    if (name === undefined || isBuiltin(name)) return undefined;
    // A package that a suite has of its own is its own as a whole.
    if (from.includes(packages) && name.startsWith(".")) return undefined;
    const path = this.resolve(from, name);
    return path.includes(packages) || !(this.mocks || this.isOfTests(path)) ? path : undefined;
  }

  isOfTests(path) {
    return path.startsWith(this.tests) || path.endsWith(".test.ts");
  }

  /** Packages that stay as they are find each other as Node has it. */
  resolve(from, name) {
    return this.transformer.shouldTransform(from)
      ? this._resolution.resolveCjs(from, name)
      : createRequire(from).resolve(name);
  }
}

function load(path) {
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const required = (name) => (isBuiltin(name) ? require(name) : load(current.resolve(path, name)));
  Object.assign(required, { resolve: createRequire(path).resolve, cache: {} });
  const module = { exports: {}, id: path, filename: path, path: dirname(path), require: required };
  modules.set(path, module);
  try {
    evaluate(path, module);
  } catch (error) {
    modules.delete(path);
    throw error;
  }
  leaveOut[path.slice(path.lastIndexOf(packages) + packages.length)]?.(module.exports);
  return module.exports;
}

function evaluate(path, module) {
  const context = current.environment.getVmContext();
  if (path.endsWith(".json")) {
    // What all suites read, none may change.
    const frozen = path.includes(packages) ? undefined : (_, value) => Object.freeze(value);
    module.exports = runInContext("JSON", context).parse(readFileSync(path, "utf8"), frozen);
    return;
  }
  const parameters = ["exports", "require", "module", "__filename", "__dirname"];
  const run = compileFunction(textOf(path), parameters, {
    filename: path,
    parsingContext: context,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  run.call(module.exports, module.exports, module.require, module, path, module.path);
}

function textOf(path) {
  if (!current.transformer.shouldTransform(path)) return readFileSync(path, "utf8");
  const text = current.transformCache.transform(path);
  const map = current.getSourceMaps().get(path);
  if (map !== undefined) sourceMaps.set(path, map);
  return text;
}

/** What an earlier suite has configured the SDK with is not the next one's. */
function forgetConfiguration() {
  for (const [path, { exports }] of modules) {
    if (path.endsWith("/@pulumi/pulumi/runtime/config.js")) exports.setAllConfig({});
  }
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

module.exports = { __esModule: true, default: SharedModulesRuntime };
