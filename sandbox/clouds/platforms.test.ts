import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { silentReporter } from "../../cli/reporter";
import { AwsPlatform } from "../../infra/aws";
import { awsSchema } from "../../infra/config/aws-schema";
import { linodeSchema } from "../../infra/config/linode-schema";
import { LinodePlatform } from "../../infra/linode";
import { FakeClusters, operation } from "../../test/support/clouds/fakes";
import { Rehearsal, type Rehearsed } from "../../test/support/clouds/rehearsal";
import { placed } from "../../test/support/systems";
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

function configuration(stack: string): Record<string, Record<string, unknown>> {
  return parse(readFileSync(join(repository, `Pulumi.${stack}.yaml`), "utf8")).config;
}

async function rehearse(stack: string) {
  const control = new FakeClusters();
  const context = { clusters: control, store: new CloudStore(folder), reporter: silentReporter };
  const rehearsal = new Rehearsal(context, stack);
  await rehearsal.begin();
  const config = configuration(stack);
  const clusters = config["ai-platform:clusters"];
  const aws = awsSchema.parse(clusters?.aws);
  const linode = linodeSchema.parse(clusters?.linode);
  const prod = stack === "prod";
  const environment = prod ? "production" : "staging";
  const onAws = new AwsPlatform("aws", {
    config: aws,
    environment,
    systems: placed({
      atlas: { cluster: "aws" },
      "ai-middleware": { cluster: "aws" },
      "market-research": { cluster: "aws", ...(prod && { gpuPool: "gpu" }) },
    }),
    loadBalancerHosts: ["market-data.atlas-financial.com"],
    tags: { team: "ai-platform" },
    protectData: prod,
  });
  // Behind the SDK's stand-ins a secret inside of a list makes one of the whole list, which the engine does not.
  onAws.openEdge([{ header: "X-Origin-Key-1", value: pulumi.output("a key") }]);
  if (prod) new LinodePlatform("linode", { config: linode, hosts: [], protectData: prod });
  await pulumi.runtime.disconnect();
  return { made: rehearsal.made, pools: [...control.pools.values()] };
}

/** Resources of the reviewed plan that a cloud's stand-in must know, as `type name`. */
function planned(stack: string): readonly string[] {
  const plan = join(repository, "test/golden/plan", stack);
  return readdirSync(plan)
    .filter((file) => /^(aws|linode)\./.test(file))
    .map((file) => JSON.parse(readFileSync(join(plan, file), "utf8")))
    .map(({ type, name }) => `${type} ${name}`);
}

describe.each([
  { stack: "staging", nodes: 5 },
  { stack: "prod", nodes: 38 },
])("the platforms of $stack", ({ stack, nodes }) => {
  test("come up, change nothing the second time, and leave nothing behind", async () => {
    const { made, pools } = await rehearse(stack);
    expect(made.map(({ resource }) => `${resource.type} ${resource.name}`).sort()).toEqual(
      planned(stack).toSorted(),
    );
    expect(pools.reduce((sum, { count }) => sum + count, 0)).toBe(nodes);

    for (const { resource, provider, id, given, inputs, outputs } of made) {
      const again = await provider.check(resource, inputs, given, new Uint8Array(32));
      expect(again.failures).toEqual([]);
      const { differences } = await provider.diff(resource, id, { inputs, outputs }, again.inputs, []);
      expect({ resource: resource.urn, differences }).toEqual({ resource: resource.urn, differences: [] });
      const read = await provider.read(resource, id, { inputs, outputs });
      expect(read).toEqual({ id, inputs, outputs });
    }
    for (const one of made.toReversed()) await remove(one);
    await deleteMadeAgain();
    expect(readdirSync(folder)).toEqual([]);
  }, 120_000);
});

test("staging is rebuilt at will: it goes with all that it holds, and comes again", async () => {
  for (const round of ["first", "second"]) {
    const { made } = await rehearse("staging");
    expect({ round, made: made.length }).toEqual({ round, made: planned("staging").length });
    for (const { resource, provider, id, inputs, outputs } of made.toReversed()) {
      await provider.delete(resource, id, { inputs, outputs }, { timeoutSeconds: 0 });
    }
    await deleteMadeAgain();
    expect({ round, left: readdirSync(folder) }).toEqual({ round, left: [] });
  }
}, 120_000);

/** As `aws logs delete-log-group`: the group of the cluster's last logs, which EKS makes again. */
async function deleteMadeAgain(): Promise<void> {
  const store = new CloudStore(folder);
  const again = await store.madeByClouds();
  expect(again.map(({ type }) => type)).toEqual(["aws:cloudwatch/logGroup:LogGroup"]);
  for (const record of again) await store.delete(record);
}

/** Types that no cloud deletes while they hold something. */
const keepsContents = [
  "aws:s3/bucket:Bucket",
  "aws:backup/vault:Vault",
  "aws:route53/zone:Zone",
  "linode:index/objectStorageBucket:ObjectStorageBucket",
];

/** Deletes a resource; one that is protected, or that holds what people would miss, first refuses, and goes once that is lifted. */
async function remove({ resource, provider, id, inputs, outputs }: Rehearsed): Promise<void> {
  const state = { inputs, outputs };
  if (inputs.deletionProtection === true) {
    await expect(provider.delete(resource, id, state, { timeoutSeconds: 0 })).rejects.toThrow(
      /deletion protection/,
    );
    const options = { ...operation(), ignoreChanges: [] };
    await provider.update(resource, id, state, { ...inputs, deletionProtection: false }, options);
  }
  if (keepsContents.includes(resource.type) && inputs.forceDestroy !== true) {
    await expect(provider.delete(resource, id, state, { timeoutSeconds: 0 })).rejects.toThrow(/holds/);
    const options = { ...operation(), ignoreChanges: [] };
    await provider.update(resource, id, state, { ...inputs, forceDestroy: true }, options);
  }
  await provider.delete(resource, id, state, { timeoutSeconds: 0 });
}
