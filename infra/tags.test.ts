import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as linode from "@pulumi/linode";
import * as pulumi from "@pulumi/pulumi";
import { tagEverything } from "./tags";

const args = {
  project: "ai-platform",
  stack: "test",
  environment: "staging",
  tags: { team: "ai-platform" },
};

/** What the engine would be asked to make, by name. */
async function registered(
  build: () => void,
  preview = false,
): Promise<Record<string, Record<string, unknown>>> {
  const inputs: Record<string, Record<string, unknown>> = {};
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: (resource) => {
        inputs[resource.name] = resource.inputs;
        return { id: resource.name, state: resource.inputs };
      },
    },
    "ai-platform",
    "test",
    preview,
  );
  await pulumi.runtime.runInPulumiStack(async () => {
    tagEverything(args);
    build();
  });
  await pulumi.runtime.disconnect();
  return inputs;
}

const common = {
  team: "ai-platform",
  project: "ai-platform",
  stack: "test",
  environment: "staging",
  "managed-by": "pulumi",
};

test("AWS resources carry the common tags, and their own win", async () => {
  const inputs = await registered(() => {
    new aws.s3.Bucket("plain");
    new aws.s3.Bucket("tagged", { tags: pulumi.output({ team: "data", tier: "cold" }) });
  });
  expect(inputs.plain).toEqual({ tags: common });
  expect(inputs.tagged).toEqual({ tags: { ...common, team: "data", tier: "cold" } });
});

test("AWS types that have no tags, or tags of another form, are left alone", async () => {
  const inputs = await registered(() => {
    new aws.s3.BucketPolicy("untaggable", { bucket: "b", policy: "{}" });
    new aws.autoscaling.Group("otherwise", { maxSize: 1, minSize: 0 });
  });
  expect(inputs.untaggable).not.toHaveProperty("tags");
  expect(inputs.otherwise).not.toHaveProperty("tags");
});

test("Linode resources carry the common tags as words, none twice", async () => {
  const inputs = await registered(() => {
    new linode.LkeCluster("cluster", {
      label: "c",
      region: "fr-par",
      k8sVersion: "1.35",
      pools: [],
      tags: ["team:ai-platform", "own"],
    });
    new linode.ObjectStorageBucket("bucket", { label: "b", region: "fr-par" });
  });
  const { tags } = inputs.cluster ?? {};
  expect(tags).toEqual([
    "team:ai-platform",
    "project:ai-platform",
    "stack:test",
    "environment:staging",
    "managed-by:pulumi",
    "own",
  ]);
  expect(inputs.bucket).not.toHaveProperty("tags");
});

test("an annotation that a preview does not know leaves the rest of an object's metadata known", async () => {
  const inputs = await registered(() => {
    const { arn } = new aws.s3.Bucket("unmade");
    new kubernetes.core.v1.Service("web", { metadata: { name: "web", annotations: { bucket: arn } } });
  }, true);
  expect(inputs.web).toMatchObject({
    metadata: { name: "web", labels: { "app.kubernetes.io/managed-by": "pulumi" } },
  });
});

test("Kubernetes objects say what they are part of, and keep their own labels", async () => {
  const inputs = await registered(() => {
    const provider = new kubernetes.Provider("provider", { context: "c" });
    new kubernetes.core.v1.Namespace("bare", {}, { provider });
    new kubernetes.core.v1.ConfigMap(
      "labelled",
      { metadata: { name: "n", labels: { "app.kubernetes.io/part-of": "atlas" } }, data: {} },
      { provider },
    );
  });
  const labels = {
    "app.kubernetes.io/part-of": "ai-platform",
    "app.kubernetes.io/managed-by": "pulumi",
    "ai-platform/stack": "test",
  };
  expect(inputs.bare).toMatchObject({ metadata: { labels } });
  expect(inputs.labelled).toMatchObject({
    metadata: { name: "n", labels: { ...labels, "app.kubernetes.io/part-of": "atlas" } },
  });
  expect(inputs.provider).not.toHaveProperty("metadata");
});

test("what is not a cloud's or Kubernetes' stays as it is", async () => {
  class Group extends pulumi.ComponentResource {
    constructor() {
      super("ai-platform:test:Group", "group", { tags: undefined });
      this.registerOutputs();
    }
  }
  const inputs = await registered(() => {
    new Group();
  });
  expect(inputs.group).toEqual({});
});
