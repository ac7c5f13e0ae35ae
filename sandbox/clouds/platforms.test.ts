import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { AwsPlatform } from "../../infra/aws";
import { awsSchema } from "../../infra/config/aws";
import { linodeSchema } from "../../infra/config/linode";
import { LinodePlatform } from "../../infra/linode";
import { silentReporter } from "../reporter";
import { FakeClusters } from "./fakes";
import { Rehearsal } from "./rehearsal";
import { CloudStore } from "./store";

const repository = join(__dirname, "../..");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clouds-"));
  process.env.LINODE_TOKEN = "rehearsal";
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  delete process.env.LINODE_TOKEN;
});

function configuration(stack: string): Record<string, unknown> {
  return parse(readFileSync(join(repository, `Pulumi.${stack}.yaml`), "utf8")).config;
}

async function rehearse(stack: string) {
  const clusters = new FakeClusters();
  const rehearsal = new Rehearsal(
    { clusters, store: new CloudStore(folder), reporter: silentReporter },
    stack,
  );
  await rehearsal.begin();
  const config = configuration(stack);
  const protectData = stack === "prod";
  const aws = awsSchema.parse(config["ai-platform:aws"]);
  const linode = linodeSchema.parse(config["ai-platform:linode"]);
  const environment = stack === "prod" ? "production" : "staging";
  new AwsPlatform("aws", { config: aws, environment, tags: { team: "ai-platform" }, protectData });
  if (!("stack" in linode.cluster)) new LinodePlatform("linode", { config: linode, protectData });
  await settled(rehearsal);
  return { rehearsal, clusters };
}

/** Waits until the program has nothing more to register. */
async function settled({ made }: Rehearsal): Promise<void> {
  for (let quiet = 0, count = made.length; quiet < 5; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    quiet = made.length === count ? quiet + 1 : 0;
    count = made.length;
  }
}

describe.each(["staging", "prod"])("the platforms of %s", (stack) => {
  test("come up, change nothing the second time, and leave nothing behind", async () => {
    const { rehearsal } = await rehearse(stack);
    console.log(rehearsal.made.length, [...new Set(rehearsal.made.map((m) => m.resource.type))].length);

    for (const { resource, provider, id, given, inputs, outputs } of rehearsal.made) {
      const again = await provider.check(resource, inputs, given, new Uint8Array(32));
      expect(again.failures).toEqual([]);
      const { differences } = await provider.diff(resource, id, { inputs, outputs }, again.inputs, []);
      expect({ resource: resource.urn, differences }).toEqual({ resource: resource.urn, differences: [] });
      const read = await provider.read(resource, id, { inputs, outputs });
      expect(read).toEqual({ id, inputs, outputs });
    }
    for (const { resource, provider, id, inputs, outputs } of rehearsal.made.toReversed()) {
      await provider.delete(resource, id, { inputs, outputs }, { timeoutSeconds: 0 });
    }
    expect(readdirSync(folder)).toEqual([]);
  }, 60_000);
});
