import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { logsRetained } from "./logs-retained";

const group = (properties: Values): Sample => ({ type: "aws:cloudwatch/logGroup:LogGroup", properties });
const forEver = "sample: retentionInDays is not set, which keeps logs for ever: set at least 30.";

export const logsRetainedCases: Cases = {
  policy: logsRetained,
  catches: [
    { name: "for ever", resources: [group({})], violations: [forEver] },
    {
      name: "not long enough",
      configuration: { minimumDays: 365 },
      resources: [group({ retentionInDays: 90 })],
      violations: ["sample: retentionInDays is 90: set at least 365."],
    },
  ],
  passes: [{ name: "long enough", resources: [group({ retentionInDays: 30 })] }],
  withUnknowns: {
    catches: [
      { name: "the key is not known", resources: [group({ kmsKeyId: unknown })], violations: [forEver] },
    ],
    passes: [{ name: "not known", resources: [group({ retentionInDays: unknown })] }],
  },
  faults: [faults.without(/:LogGroup$/, "retentionInDays"), faults.set(/:LogGroup$/, "retentionInDays", 1)],
};
