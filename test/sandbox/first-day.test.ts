import { rmSync } from "node:fs";
import { join } from "node:path";
import { cloudPreflight } from "../../delivery/preflight";
import { type Result, walk } from "../../delivery/row";
import { plan, writePlan } from "../golden/plan";
import { cloudsOf } from "../support/delivery/clouds";
import { definitions } from "./brought-up";
import { firstDayProject, liftProtection } from "./first-day";
import { expectNothingLeft } from "./life";
import { Sandbox } from "./sandbox";

/*
 * docs/going-to-production.md, played: from empty clouds and a filled-in stack file to a platform that passes its validation,
 * down again on purpose, and up once more.
 */
const project = firstDayProject();
const sandbox = new Sandbox(project);
const clouds = cloudsOf(project, "prod");

jest.setTimeout(60 * 60_000);

afterAll(() => {
  sandbox.remove();
  rmSync(project, { recursive: true, force: true });
});

/** What of a preflight did not pass, as text. */
async function refusals(around = clouds()): Promise<string> {
  const results = await walk(cloudPreflight, around, "clouds");
  const isRefusal = ({ verdict }: Result): boolean => verdict.outcome === "fail";
  return JSON.stringify(results.filter(isRefusal).map(({ id, verdict }) => ({ id, verdict })));
}

const models = [
  "marketresearch/ner-service: the model ner-v1.1.0",
  "models on the volume model-repository-pvc",
  "system/vllm: the model openai/gpt-oss-120b",
];

// Five times up and down of a stack like production: half an hour, and so by its own command, `npm run first-day`.
const describeRehearsal = process.env.FIRST_DAY === "true" ? describe : describe.skip;

describeRehearsal("the first day of production", () => {
  test("preflight names the images that CI has not pushed yet, and nothing else", async () => {
    const get = clouds().get;
    const refused = await refusals(
      clouds(
        {},
        {
          get: async (url, ...more) => ({
            ...(await get(url, ...more)),
            ...(url.includes("/v2/") && { status: 404 }),
          }),
        },
      ),
    );
    expect(refused).toContain('"id":"images"');
    expect(refused).toContain("ner-service");
    expect(refused.match(/"id":/g)).toHaveLength(1);
  });

  test("with the images there, preflight passes", async () => {
    expect(await refusals()).toBe("[]");
  });

  test("up succeeds without the models, and names them; so does the smoke test", async () => {
    const text = await sandbox.succeed("up", "prod", "--first-day", ...definitions);
    const awaited = sandbox.summary("prod").clusters.flatMap((cluster) => cluster.awaited);
    for (const model of models) {
      expect(awaited).toContainEqual(expect.stringContaining(model));
      expect(text).toContain(model);
    }
    const { code, output } = await sandbox.run("smoke", "prod");
    expect(code).toBe(1);
    expect(output).toContain("it waits for the model ner-v1.1.0");
  });

  test("the models arrive: an up later the smoke test and the validation list pass", async () => {
    await sandbox.succeed("up", "prod", ...definitions);
    expect(sandbox.summary("prod").clusters.flatMap((cluster) => cluster.awaited)).toEqual([]);
    expect(await sandbox.succeed("smoke", "prod")).toContain(" 0 failed");
    const planned = join(project, "plan");
    writePlan("prod", await plan("prod", join(project, "Pulumi.prod.yaml")), planned);
    expect(await sandbox.succeed("validate", "prod", "--plan", planned)).toContain(" 0 failed");
  });

  test("it is not taken down by accident", async () => {
    const { code, output } = await sandbox.run("destroy", "prod", "--keep-protection");
    expect(code).toBe(1);
    expect(output).toContain("protect");
  });

  test("it is on purpose, and leaves nothing; then it comes up again", async () => {
    liftProtection(project);
    await sandbox.succeed("up", "prod", ...definitions);
    await sandbox.succeed("destroy", "prod");
    expectNothingLeft(sandbox);
    expect(await refusals()).toBe("[]");
    await sandbox.succeed("up", "prod", ...definitions);
    expect(await sandbox.succeed("smoke", "prod")).toContain(" 0 failed");
    await sandbox.succeed("destroy", "prod");
    expectNothingLeft(sandbox);
  });
});
