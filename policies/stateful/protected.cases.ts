import type { Cases, Fault } from "../testing/cases";
import { bucket, object } from "../testing/samples";
import { unknown } from "../value";
import { statefulProtected } from "./protected";

const bare = "it holds data and is not protected: set the resource option protect to true.";

const unprotected: Fault = {
  name: "not protected",
  break: (sample) =>
    sample.protect && !sample.type.includes(":core/") ? [{ ...sample, protect: false }] : undefined,
};

export const statefulProtectedCases: Cases = {
  policy: statefulProtected,
  catches: [
    { name: "a bucket", resources: [bucket("models")], violations: [`models: ${bare}`] },
    {
      name: "a store of an operator's",
      resources: [object("kafka.strimzi.io/v1:Kafka", "events", {})],
      violations: [`events: ${bare}`],
    },

    {
      name: "stores of other services",
      resources: [
        "memorydb/cluster:Cluster",
        "opensearch/domain:Domain",
        "fsx/lustreFileSystem:LustreFileSystem",
      ].map((type) => ({ type: `aws:${type}`, properties: {} })),
      violations: Array(3).fill(
        "sample: it holds data and is not protected: set the resource option protect to true.",
      ),
    },
  ],
  passes: [
    { name: "protected", resources: [{ ...bucket("models"), protect: true }] },
    { name: "what can be made again", resources: [object("core/v1:PersistentVolumeClaim", "cache", {})] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its name is not known",
        resources: [{ ...bucket("models"), properties: { bucket: unknown } }],
        violations: [`models: ${bare}`],
      },
    ],
    passes: [
      {
        name: "its name is not known, and it is protected",
        resources: [{ ...bucket("models"), properties: { bucket: unknown }, protect: true }],
      },
    ],
  },
  faults: [unprotected],
};
