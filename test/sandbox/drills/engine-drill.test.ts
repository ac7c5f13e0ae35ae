import { apiOutage } from "../../../drills/api-outage";
import { drift } from "../../../drills/drift";
import { DrillCluster } from "../../../drills/drill-cluster";
import type { Engine, EngineRun } from "../../../drills/engine";
import { engineKill } from "../../../drills/engine-kill";
import { modelRollback } from "../../../drills/model-rollback";
import { secretRotation } from "../../../drills/secret-rotation";
import { teardown } from "../../../drills/teardown";
import { isStatus } from "../../../sandbox/api-server/errors";
import {
  app,
  careful,
  drilled,
  identity,
  idle,
  limits,
  manager,
  namespace,
  paths,
  patience,
  useDrilledCluster,
} from "./drilled-cluster";

useDrilledCluster();

const good: EngineRun = { succeeded: true, output: "" };
const bad: EngineRun = { succeeded: false, output: "it broke" };
const owned = app("owned", careful).map((object) => ({
  ...object,
  metadata: { ...object.metadata, labels: { "app.kubernetes.io/managed-by": "pulumi" } },
}));

/** What an engine does that puts everything right. */
async function healing(): Promise<EngineRun> {
  const cluster = await DrillCluster.open(manager, identity, limits, patience);
  for (const object of owned) {
    const path = `/${paths[object.kind ?? ""]}`;
    try {
      await cluster.api.replace(`${path}/${object.metadata.name}`, object);
    } catch (error) {
      if (!isStatus(error, 404)) throw error;
      await cluster.api.create(path, object);
    }
  }
  cluster.close();
  return good;
}

describe("drift", () => {
  /** An engine that answers with these, one after the other. */
  function answers(...runs: readonly (EngineRun | typeof healing)[]): Engine & { readonly asked: string[] } {
    const left = [...runs];
    const asked: string[] = [];
    return {
      ...idle,
      asked,
      run: async (command, ...options) => {
        asked.push([command, ...options].join(" "));
        const next = left.shift() ?? good;
        return typeof next === "function" ? next() : next;
      },
    };
  }
  const changes: EngineRun = { succeeded: false, output: "3 resources would change" };

  test("passes where preview sees the damage and up heals it", async () => {
    const engine = answers(changes, healing, good);
    const { passed, evidence } = await drilled(drift, owned, limits, engine);
    expect({ passed, evidence: evidence.slice(1), asked: engine.asked }).toEqual({
      passed: true,
      evidence: [
        "drill-test: Deployment drilled/owned: its pods may run as root",
        "drill-test: PodDisruptionBudget drilled/owned: deleted",
        "drill-test: HorizontalPodAutoscaler drilled/owned: another maximum",
      ],
      asked: ["preview --expect-no-changes", "up --refresh", "preview --expect-no-changes"],
    });
  });

  test("fails where preview sees nothing", async () => {
    const { passed, evidence } = await drilled(drift, owned, limits, answers(good, healing, good));
    expect({ passed, first: evidence[0] }).toEqual({ passed: false, first: "preview saw nothing of it" });
  });

  test("fails where up leaves something", async () => {
    const { passed, evidence } = await drilled(drift, owned, limits, answers(changes, healing, changes));
    expect({ passed, first: evidence[0] }).toEqual({
      passed: false,
      first: "after up, preview still finds changes:\n    3 resources would change",
    });
  });

  test("fails where preview finds nothing more, and something is as the hand left it", async () => {
    const { passed, evidence } = await drilled(drift, owned, limits, answers(changes, good, good));
    expect({ passed, evidence: evidence.slice(0, 3).toSorted() }).toEqual({
      passed: false,
      evidence: [
        "drill-test: Deployment drilled/owned is not as it was before the damage",
        "drill-test: HorizontalPodAutoscaler drilled/owned is not as it was before the damage",
        "drill-test: PodDisruptionBudget drilled/owned is not as it was before the damage",
      ],
    });
  });
});

/** What an engine does to the cluster's objects, in a few words. */
async function patched(path: string, change: object): Promise<EngineRun> {
  const cluster = await DrillCluster.open(manager, identity, limits, patience);
  await cluster.api.patch(`/${path}`, change);
  cluster.close();
  return good;
}

function template(change: object): object {
  return { spec: { template: change } };
}

describe("secret-rotation", () => {
  const user = app("user", {
    ...careful,
    env: [{ name: "JWT_SECRET", valueFrom: { secretKeyRef: { name: "jwt-secrets", key: "secret" } } }],
  });
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "jwt-secrets", namespace },
    stringData: { secret: "one" },
  };
  const rotate = () => patched(`${paths.Secret}/jwt-secrets`, { stringData: { secret: "two" } });
  const restart = () =>
    patched(
      `${paths.Deployment}/user`,
      template({ metadata: { annotations: { "ai-platform/configuration": "2" } } }),
    );

  /** An engine that does this when its stack's settings are changed. */
  function rotating(...work: readonly (() => Promise<EngineRun>)[]): Engine {
    const run = async (): Promise<EngineRun> => {
      for (const step of work) {
        await step();
      }
      return good;
    };
    return { ...idle, run: async () => good, changed: async (_, use) => use({ ...idle, run }) };
  }

  test("passes where the values change and their users restart", async () => {
    const engine = rotating(rotate, restart);
    const { passed, evidence } = await drilled(secretRotation, [secret, ...user], limits, engine);
    expect({ passed, first: evidence[0] }).toEqual({ passed: true, first: "jwt-secrets was rotated" });
  });

  test("fails where nobody restarts", async () => {
    const { passed, evidence } = await drilled(secretRotation, [secret, ...user], limits, rotating(rotate));
    expect({ passed, first: evidence[0] }).toEqual({
      passed: false,
      first: "no user of jwt-secrets was restarted",
    });
  });

  test("fails where the values stay", async () => {
    const { passed, evidence } = await drilled(secretRotation, [secret, ...user], limits, rotating(restart));
    expect({ passed, first: evidence[0] }).toEqual({
      passed: false,
      first: "the Secret jwt-secrets has the same values as before",
    });
  });
});

describe("model-rollback", () => {
  const versioned = (value: string) =>
    template({
      spec: {
        containers: [
          {
            name: "main",
            image: "registry.k8s.io/pause:3.10",
            resources: { requests: { cpu: "500m", memory: "512Mi" } },
            env: [{ name: "MODEL_VERSION", value }],
          },
        ],
      },
    });
  const model = app("model", { ...careful, env: [{ name: "MODEL_VERSION", value: "model-v1.1.0" }] });
  const serve = (value: string) => patched(`${paths.Deployment}/model`, versioned(value));

  test("passes where the version goes forward and back", async () => {
    const { passed, evidence } = await drilled(modelRollback, model, limits, {
      ...idle,
      run: (command) => (command === "up" ? serve("model-v1.1.0") : Promise.resolve(good)),
      changed: async (_, use) => use({ ...idle, run: () => serve("model-v9.9.9") }),
    });
    expect(evidence[0]).toBe("drill-test: Deployment drilled/model went to 9.9.9 and back");
    expect(passed).toBe(true);
  });

  test("fails where it does not come back", async () => {
    const { passed, evidence } = await drilled(modelRollback, model, limits, {
      ...idle,
      run: async () => good,
      changed: async (_, use) => use({ ...idle, run: () => serve("model-v9.9.9") }),
    });
    expect({ passed, first: evidence[0] }).toEqual({
      passed: false,
      first: "drill-test: Deployment drilled/model is not as it was before",
    });
  });
});

describe("api-outage", () => {
  /** The next run of the sandbox starts what was killed. */
  const next = async (command: string): Promise<EngineRun> => {
    if (command !== "up") return good;
    await manager.ensureRunning(identity);
    return healing();
  };
  const interrupted = () => ({ begun: Promise.resolve(), ended: Promise.resolve(bad), kill: () => {} });

  beforeAll(() => {
    process.env.SEED = "7";
  });
  afterAll(() => {
    delete process.env.SEED;
  });

  test("passes where the next run finishes the work", async () => {
    const { passed, evidence } = await drilled(apiOutage, owned, limits, {
      ...idle,
      start: interrupted,
      run: next,
    });
    expect(evidence[0]).toMatch(/^SEED=7: 1 API servers killed \d+ ms into the engine's work$/);
    expect(passed).toBe(true);
  });

  test("fails where it does not", async () => {
    const { passed, evidence } = await drilled(apiOutage, owned, limits, {
      ...idle,
      start: interrupted,
      run: async (command) => ({ ...(await next(command)), succeeded: false, output: "locked" }),
    });
    expect({ passed, first: evidence[0] }).toEqual({
      passed: false,
      first: "up did not succeed:\n    locked",
    });
  });
});

describe("engine-kill", () => {
  const killed = () => ({ begun: Promise.resolve(), ended: Promise.resolve(bad), kill: () => {} });
  const done = () => ({ begun: Promise.resolve(), ended: Promise.resolve(good), kill: () => {} });

  test("passes where one up finishes what the killed ones began", async () => {
    const { passed, evidence } = await drilled(engineKill, owned, limits, {
      ...idle,
      start: killed,
      run: (command) => (command === "up" ? healing() : Promise.resolve(good)),
    });
    expect({ passed, last: evidence.at(-1) }).toEqual({
      passed: true,
      last: expect.stringMatching(/^SEED=\d+: 20 of 20 runs were killed at work$/),
    });
  });

  test("fails where something is left", async () => {
    const { passed } = await drilled(engineKill, owned, limits, {
      ...idle,
      start: killed,
      run: async (command) => (command === "up" ? good : bad),
    });
    expect(passed).toBe(false);
  });

  test("fails where no run was hit: nothing was tried", async () => {
    const { passed } = await drilled(engineKill, owned, limits, {
      ...idle,
      start: done,
      run: async () => good,
    });
    expect(passed).toBe(false);
  });
});

describe("teardown", () => {
  test.each([
    [true, good],
    [false, bad],
  ])("passes: %s, where destroy answers so", async (expected, answer) => {
    const { passed } = await drilled(teardown, [], limits, { ...idle, run: async () => answer });
    expect(passed).toBe(expected);
  });
});
