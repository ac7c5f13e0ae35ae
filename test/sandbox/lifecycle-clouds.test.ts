import { definitions } from "./brought-up";
import { describeChosen, describeLife, expectNothingLeft, type StackName } from "./life";
import { Sandbox } from "./sandbox";

const sandbox = new Sandbox();

afterAll(() => sandbox.remove());

async function up(stack: StackName) {
  await sandbox.succeed("up", stack, ...definitions);
  return { sandbox, firstUp: sandbox.summary(stack) };
}

describeChosen(["prod"], "prod", () => describeLife("prod", () => up("prod")));

describeChosen(["staging"], "staging", () => describeLife("staging", () => up("staging")));

describeChosen(["prod", "staging"], "destroy of a stack that another one uses", () => {
  test("is refused as long as that stands", async () => {
    const { code, output } = await sandbox.run("destroy", "prod");
    expect(code).toBe(1);
    expect(output).toContain("staging still uses clusters of prod");
  });

  test("meets the protection of stateful resources when told to keep it", async () => {
    await sandbox.succeed("destroy", "staging");
    const { code, output } = await sandbox.run("destroy", "prod", "--keep-protection");
    expect(code).toBe(1);
    expect(output).toContain("protect");
  });
});

describeChosen(["prod"], "destroy of prod", () => {
  test("leaves no state, no process and no data", async () => {
    await sandbox.succeed("destroy", "prod");
    expectNothingLeft(sandbox);
  });
});
