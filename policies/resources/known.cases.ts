import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import { bucket, pod } from "../testing/samples";
import { unknown } from "../value";
import { resourceKnown } from "./known";

const shared = "gcp:storage/bucketIAMMember:BucketIAMMember";
const refused = (type: string): string =>
  `sample: no policy knows the type ${type}, and so none judges it: name it in named, with who does.`;

export const resourceKnownCases: Cases = {
  policy: resourceKnown,
  catches: [
    {
      name: "other clouds, other forms of the same, and programs that run anything",
      resources: [
        shared,
        "aws-native:s3:Bucket",
        "command:local:Command",
        "pulumi-nodejs:dynamic:Resource",
      ].map((type) => ({ type, properties: {} })),
      violations: [
        shared,
        "aws-native:s3:Bucket",
        "command:local:Command",
        "pulumi-nodejs:dynamic:Resource",
      ].map(refused),
    },
    {
      name: "resources within a text",
      resources: [
        { type: "aws:cloudformation/stack:Stack", properties: { templateBody: "{}" } },
        { type: "aws:cloudcontrol/resource:Resource", properties: { desiredState: "{}" } },
      ],
      violations: ["aws:cloudformation/stack:Stack", "aws:cloudcontrol/resource:Resource"].map(
        (type) =>
          `sample: ${type} holds resources that no policy reads: declare them by their own types, or name it in named, with who judges them.`,
      ),
    },
    {
      name: "a name that only begins like one that is named",
      configuration: {
        named: [{ names: ["datadog:index/monitor:Monitor"], reason: "Its own policies judge it" }],
      },
      resources: [{ type: "datadog:index/monitorJson:MonitorJson", properties: {} }],
      violations: [refused("datadog:index/monitorJson:MonitorJson")],
    },
  ],
  passes: [
    {
      name: "what is known, and what is named",
      configuration: {
        named: [
          { names: ["shop:*"], reason: "Components, which only hold what is judged" },
          { names: ["datadog:index/monitor:Monitor"], reason: "Its own policies judge it" },
        ],
      },
      resources: [
        bucket("models"),
        pod({}),
        { type: "shop:web:Service", properties: {} },
        { type: "datadog:index/monitor:Monitor", properties: {} },
        { type: "random:index/randomPassword:RandomPassword", properties: {} },
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its properties are not known",
        resources: [{ type: shared, properties: { member: unknown } }],
        violations: [refused(shared)],
      },
    ],
    passes: [{ name: "of a known type", resources: [{ ...bucket("models"), properties: unknown }] }],
  },
  faults: [
    faults.beside(/:Vpc$/, "gcp:storage/bucketIAMMember:BucketIAMMember", { member: "allUsers" }),
    faults.beside(/:Vpc$/, "aws-native:s3:Bucket", {}),
  ],
};
