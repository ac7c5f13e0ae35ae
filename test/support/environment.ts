import { AsyncLocalStorage } from "node:async_hooks";
import { TestEnvironment } from "jest-environment-node";

/**
 * Ends with each suite what the suite began. Jest and the SDK make an `AsyncLocalStorage` for each suite and leave it on: in
 * one process, every promise of a later suite is then handed through all of them, and none of those suites' modules is ever
 * freed.
 */
export default class SuiteEnvironment extends TestEnvironment {
  private readonly storages = new Set<AsyncLocalStorage<unknown>>();
  private readonly run = AsyncLocalStorage.prototype.run;

  override async setup(): Promise<void> {
    await super.setup();
    const { storages, run } = this;
    AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...rest: unknown[]) {
      storages.add(this);
      return Reflect.apply(run, this, rest);
    };
  }

  override async teardown(): Promise<void> {
    AsyncLocalStorage.prototype.run = this.run;
    for (const storage of this.storages) storage.disable();
    await super.teardown();
  }
}
