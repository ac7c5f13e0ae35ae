import { AsyncLocalStorage } from "node:async_hooks";
import { TestEnvironment } from "jest-environment-node";

type Shared = Pick<
  InstanceType<typeof TestEnvironment>,
  "context" | "global" | "moduleMocker" | "fakeTimersModern"
>;

/** Where jest keeps who is told of a suite's tests. */
const listeners = Symbol.for("EVENT_HANDLERS");

/** What the first suite of a worker was given. */
let shared: Shared | undefined;

/**
 * One realm for all suites of a worker, so that modules are loaded once for all of them (see runtime.js). What a suite changes of
 * it ends with the suite: environment variables, spies, clocks, and the `AsyncLocalStorage`s that jest makes for each suite and
 * leaves on; every promise of a later suite would be handed through all of them. So do jest's listeners, which would hear of each
 * test of each later suite.
 */
export default class SuiteEnvironment extends TestEnvironment {
  private readonly storages = new Set<AsyncLocalStorage<unknown>>();
  private readonly run = AsyncLocalStorage.prototype.run;
  private readonly variables: NodeJS.ProcessEnv;

  constructor(...given: ConstructorParameters<typeof TestEnvironment>) {
    super(...given);
    const { context, global, moduleMocker, fakeTimersModern } = this;
    shared ??= { context, global, moduleMocker, fakeTimersModern };
    Object.assign(this, shared);
    this.variables = { ...this.global.process.env };
  }

  override async setup(): Promise<void> {
    await super.setup();
    const { storages, run } = this;
    AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...rest: unknown[]) {
      storages.add(this);
      return Reflect.apply(run, this, rest);
    };
  }

  /** Not the inherited one: it would empty the realm. */
  override async teardown(): Promise<void> {
    AsyncLocalStorage.prototype.run = this.run;
    for (const storage of this.storages) storage.disable();
    this.moduleMocker?.restoreAllMocks();
    this.fakeTimersModern?.useRealTimers();
    this.global.process.env = this.variables;
    Reflect.deleteProperty(this.global, listeners);
    this.context = null;
  }
}
