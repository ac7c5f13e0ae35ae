import { randomBytes } from "node:crypto";
import { linodeRegion } from "../../../facts/linode-regions";
import { CloudError } from "../../clouds/errors";
import { between, ipv4Network, matches, oneOf } from "../../clouds/rules";
import { failure, type Request, refers, type Tables } from "../../clouds/table";
import { objects, text, texts } from "../../clouds/values";
import type { Value } from "../standin";
import { newNumber, uniqueLabel } from "./names";
import { regionWith } from "./regions";
import { tokens } from "./tokens";

/** A value that is made up once and kept over updates. */
function kept({ previous }: Request, property: string, make: () => string): Value {
  return previous?.computed[property] ?? make();
}

const letters = (bytes: number) => (): string => randomBytes(bytes).toString("hex").toUpperCase();

export const data: Tables = {
  [tokens.bucket]: {
    label: "Object Storage bucket",
    global: true,
    replaces: ["label", "region", "cluster", "endpointType"],
    notFound: "[404] Object Storage bucket",
    alreadyExists: "[400] BucketAlreadyExists",
    defaults: { acl: "private", corsEnabled: true },
    rules: [
      matches(
        "label",
        /^[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/,
        "3 to 63 lower-case letters, digits, dots and hyphens, letters or digits at both ends",
      ),
      oneOf("acl", ["private", "public-read", "authenticated-read", "public-read-write"]),
      regionWith("objectStorage"),
      (inputs) =>
        inputs.region === undefined && inputs.cluster === undefined
          ? [failure("region", "[400] one of region and cluster must be given")]
          : [],
      between("lifecycleRules.expiration.days", 1, 36_500, "days"),
      between("lifecycleRules.abortIncompleteMultipartUploadDays", 1, 36_500, "days"),
    ],
    identify: (inputs) => `${text(inputs, "region") ?? text(inputs, "cluster")}:${text(inputs, "label")}`,
    compute: ({ inputs }) => {
      const cluster = text(inputs, "cluster") ?? `${text(inputs, "region")}-1`;
      const endpoint = `${cluster}.linodeobjects.com`;
      return {
        cluster,
        endpoint,
        s3Endpoint: endpoint,
        endpointType: text(inputs, "endpointType") ?? "E1",
        hostname: `${text(inputs, "label")}.${endpoint}`,
        region: text(inputs, "region") ?? cluster.replace(/-\d+$/, ""),
        versioning: inputs.versioning ?? false,
      };
    },
    // What a stack ran has written to its buckets.
    admitRemoval: async ({ record, settings }) => {
      if (record.inputs.forceDestroy === true || settings.objBucketForceDelete === true) return;
      throw new CloudError(
        "[400] BucketNotEmpty",
        `the bucket ${record.id} holds objects, and the provider has no objBucketForceDelete: empty it first, all versions included`,
      );
    },
  },
  "linode:index/objectStorageKey:ObjectStorageKey": {
    label: "Object Storage key",
    global: true,
    replaces: ["bucketAccesses"],
    newId: newNumber,
    rules: [
      matches("label", /^.{3,50}$/, "3 to 50 characters"),
      oneOf("bucketAccesses.permissions", ["read_only", "read_write"]),
    ],
    links: { "bucketAccesses.bucketName": refers(tokens.bucket) },
    admit: async ({ inputs, neighbours }) => {
      for (const access of objects(inputs, "bucketAccesses")) {
        const id = `${text(access, "region") ?? text(access, "cluster")}:${text(access, "bucketName")}`;
        if (await neighbours.find(tokens.bucket, id)) continue;
        throw new CloudError("[400] [bucket_access]", `the bucket ${id} does not exist`);
      }
    },
    compute: (request) => {
      const regions = [
        ...new Set([...texts(request.inputs, "regions"), ...texts(request.inputs, "bucketAccesses.region")]),
      ];
      return {
        accessKey: kept(request, "accessKey", letters(10)),
        secretKey: kept(request, "secretKey", letters(20)),
        limited: request.inputs.bucketAccesses !== undefined,
        regions,
        regionsDetails: regions.map((id) => ({
          id,
          endpointType: "E1",
          s3Endpoint: `${id}-1.linodeobjects.com`,
        })),
      };
    },
  },
  [tokens.database]: {
    label: "managed PostgreSQL database",
    global: true,
    replaces: ["region", "forkSource", "forkRestoreTime"],
    newId: newNumber,
    notFound: "[404] database",
    rules: [
      matches(
        "label",
        /^[A-Za-z][A-Za-z0-9_-]{2,31}$/,
        "3 to 32 letters, digits, - and _, beginning with a letter",
      ),
      matches("engineId", /^postgresql\/(13|14|15|16|17|18)$/, "postgresql/ and a version from 13 to 18"),
      matches(
        "type",
        /^g[67]-(nanode|standard|dedicated)-\d+$/,
        "a shared or dedicated plan, such as g6-dedicated-2",
      ),
      regionWith("managedDatabases"),
      ipv4Network("allowLists"),
      between("updates.dayOfWeek", 1, 7),
      between("updates.hourOfDay", 0, 23),
      (inputs) =>
        inputs.clusterSize === undefined ||
        [1, 2, 3].includes(Number(inputs.clusterSize)) ||
        typeof inputs.clusterSize !== "number"
          ? []
          : [failure("clusterSize", `[400] cluster_size must be 1, 2 or 3, found ${inputs.clusterSize}`)],
      (inputs) =>
        inputs.clusterSize === 2 && text(inputs, "type")?.includes("-nanode-")
          ? [failure("clusterSize", "[400] two nodes need a dedicated plan")]
          : [],
    ],
    admit: uniqueLabel,
    compute: (request) => {
      const { id, inputs } = request;
      const region = linodeRegion(text(inputs, "region") ?? "")?.label ?? "";
      const [engine = "", version = ""] = (text(inputs, "engineId") ?? "").split("/");
      return {
        allowLists: inputs.allowLists ?? [],
        caCert: Buffer.from(`Certificate authority of the sandbox's database ${id}, ${region}\n`).toString(
          "base64",
        ),
        clusterSize: inputs.clusterSize ?? 1,
        encrypted: true,
        engine,
        version,
        hostPrimary: `a${id}-primary.databases.sandbox.invalid`,
        hostSecondary: `a${id}-replica.databases.sandbox.invalid`,
        platform: "rdbms-default",
        port: 24_000 + (Number(id) % 1000),
        rootPassword: kept(request, "rootPassword", letters(12)),
        rootUsername: "akmadmin",
        sslConnection: true,
        status: "active",
        updates: inputs.updates ?? { dayOfWeek: 7, duration: 4, frequency: "weekly", hourOfDay: 0 },
      };
    },
  },
  "linode:index/token:Token": {
    label: "API token",
    global: true,
    replaces: ["scopes", "expiry"],
    newId: newNumber,
    compute: (request) => ({ token: kept(request, "token", letters(32)) }),
  },
};
