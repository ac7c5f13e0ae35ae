import { setTimeout as sleep } from "node:timers/promises";
import { ClusterAutoscaler } from "./autoscaler";

describe("an autoscaler", () => {
  let looks = 0;
  const cluster = {
    get unschedulable() {
      looks += 1;
      return [];
    },
    pools: [],
    zones: [],
    countOf: async () => 0,
    addNode: async () => undefined,
  };

  /** Whether it looks for waiting pods when its work has ended. */
  async function looksOn(): Promise<boolean> {
    const before = looks;
    expect(before).toBeGreaterThan(0);
    await sleep(700);
    return looks > before;
  }

  beforeEach(() => {
    looks = 0;
  });

  test("ends with its work, and hands on what that answers", async () => {
    expect(await new ClusterAutoscaler(cluster).during(async () => "done")).toBe("done");
    expect(await looksOn()).toBe(false);
  });

  test("ends with work that fails, as one that is interrupted", async () => {
    const interrupted = async (): Promise<never> => {
      throw new Error("interrupted");
    };
    await expect(new ClusterAutoscaler(cluster).during(interrupted)).rejects.toThrow("interrupted");
    expect(await looksOn()).toBe(false);
  });
});
