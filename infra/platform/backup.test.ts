import * as pulumi from "@pulumi/pulumi";
import { asSecret, generatedPassword } from "../../test/support/recorded/objects";
import { recordServices, type SiteChanges } from "../../test/support/recorded/services";
import type { Bucket } from "../cluster/cluster";
import { Backup } from "./backup";

const onAws: Bucket = {
  name: "atlas-ai-backups",
  region: "us-east-1",
  hosts: ["s3.us-east-1.amazonaws.com"],
};

const onLinode = (): Bucket => ({
  name: "aiaas-prod-backups",
  region: "fr-par",
  endpoint: "https://fr-par-1.linodeobjects.com",
  hosts: ["*.fr-par-1.linodeobjects.com"],
  key: { accessKey: pulumi.secret("an-access-key"), secretKey: pulumi.secret("a-secret-key") },
});

const record = (bucket: () => Bucket, changes: SiteChanges = {}) =>
  recordServices((site) => {
    new Backup("backup", { site, bucket: bucket() });
  }, changes);

test("every day at 02:00 everything is backed up, and kept for 30 days (R1, 000)", async () => {
  const { find } = await record(() => onAws);
  expect(find("Release", "velero").values).toMatchObject({
    schedules: {
      daily: {
        schedule: "0 2 * * *",
        template: { ttl: "720h", includedNamespaces: ["*"], includeClusterResources: true },
      },
    },
  });
});

test("on AWS the pod's identity opens the bucket, and the CSI driver takes snapshots", async () => {
  const { find, ofKind } = await record(() => onAws);
  expect(ofKind("Secret").map(({ name }) => name)).not.toContain("velero-bucket");
  expect(find("Release", "velero").values).toMatchObject({
    credentials: { useSecret: false },
    configuration: {
      features: "EnableCSI",
      backupStorageLocation: [
        { bucket: "atlas-ai-backups", prefix: "velero", config: { region: "us-east-1" } },
      ],
    },
    schedules: { daily: { template: { snapshotVolumes: true } } },
  });
});

test("elsewhere a key opens it and another encrypts, which only the Secret has, and a driver without snapshots is not asked for any", async () => {
  const { find } = await record(onLinode, {
    cluster: { storage: { provisioner: "linodebs.csi.linode.com", fast: {}, standard: {} } },
  });
  const { values } = find("Release", "velero");
  expect(JSON.stringify(values)).not.toContain("a-secret-key");
  expect(values).toMatchObject({
    credentials: { useSecret: true, existingSecret: "velero-bucket" },
    configuration: {
      backupStorageLocation: [
        {
          config: {
            s3Url: "https://fr-par-1.linodeobjects.com",
            checksumAlgorithm: "",
            customerKeyEncryptionFile: "/credentials/customer-key",
          },
        },
      ],
    },
    schedules: { daily: { template: { snapshotVolumes: false } } },
  });
  expect(values).not.toHaveProperty("configuration.features");
  expect(find("Secret", "velero-bucket").stringData).toMatchObject(
    asSecret({
      cloud: "[default]\naws_access_key_id=an-access-key\naws_secret_access_key=a-secret-key\n",
      "customer-key": generatedPassword,
    }) ?? {},
  );
});

test("shared volumes, of which the driver takes no snapshots, are left out (D9)", async () => {
  const policyOf = async (changes: SiteChanges) => {
    const { find, ofKind } = await record(() => onAws, changes);
    const schedules = find("Release", "velero").values;
    return { schedules, policies: ofKind("ConfigMap").filter((object) => object.name === "volume-policies") };
  };
  const without = await policyOf({});
  expect(without.policies).toEqual([]);
  expect(without.schedules).not.toHaveProperty("schedules.daily.template.resourcePolicy");
  const shared = { provisioner: "efs.csi.aws.com", parameters: {} };
  const storage = { provisioner: "ebs.csi.aws.com", fast: {}, standard: {}, snapshots: {}, shared };
  const { schedules, policies } = await policyOf({ cluster: { storage } });
  expect(schedules).toHaveProperty("schedules.daily.template.resourcePolicy", {
    kind: "configmap",
    name: "volume-policies",
  });
  expect(policies.map(({ inputs }) => inputs.data)).toEqual([
    {
      "policies.yaml":
        '{"version":"v1","volumePolicies":[{"conditions":{"storageClass":["shared"]},"action":{"type":"skip"}}]}',
    },
  ]);
});

test("no agent reads the nodes' disks, and the pod passes the restricted standard", async () => {
  const { find } = await record(() => onAws);
  const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, runAsNonRoot: true };
  expect(find("Release", "velero").values).toMatchObject({
    deployNodeAgent: false,
    containerSecurityContext: restricted,
    initContainers: [{ securityContext: restricted, resources: { limits: {}, requests: {} } }],
  });
});

test("a mirror serves the plugin too", async () => {
  const { find } = await record(() => onAws, {
    stack: { platform: { mirror: { images: "registry.example.com/mirror" } } },
  });
  expect(find("Release", "velero").values).toMatchObject({
    initContainers: [
      {
        image: expect.stringMatching(
          /^registry\.example\.com\/mirror\/docker\.io\/velero\/velero-plugin-for-aws:v/,
        ),
      },
    ],
  });
});
