import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { broughtUp, definitions } from "./brought-up";
import { describeChosen, describeLife, expectNothingLeft } from "./life";
import { repository } from "./project-copy";
import type { Sandbox } from "./sandbox";

describeChosen(["dev"], "dev", () => {
  const begun: Sandbox[] = [];
  let sandbox: Sandbox;

  describeLife("dev", async () => {
    const life = await broughtUp("dev", repository, ...definitions);
    ({ sandbox } = life);
    begun.push(sandbox);
    return life;
  });

  afterAll(() => {
    for (const one of begun) one.remove();
  });

  test("destroy fails where something is left, and names it", async () => {
    const volumes = join(sandbox.cache, "ai-platform/clouds/local/made-by-clusters/local-ai-platform-dev");
    mkdirSync(volumes, { recursive: true });
    writeFileSync(join(volumes, "vol-forgotten.json"), "{}");
    const { code, output } = await sandbox.run("destroy", "dev");
    expect(code).toBe(1);
    expect(output).toContain(
      "dev: destroy left behind\n  made by the cluster local-ai-platform-dev: vol-forgotten.json",
    );
    rmSync(volumes, { recursive: true });
  });

  test("destroy leaves no state, no process and no data", async () => {
    await sandbox.succeed("destroy", "dev");
    expectNothingLeft(sandbox);
  });
});
