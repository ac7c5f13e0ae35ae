import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { linodeDatabaseRestricted } from "./database-restricted";

function database(properties: Values): Sample {
  return { type: "linode:index/databasePostgresqlV2:DatabasePostgresqlV2", properties };
}

const open = "sample: allowLists holds 0.0.0.0/0: name the ranges that need it.";

export const linodeDatabaseRestrictedCases: Cases = {
  policy: linodeDatabaseRestricted,
  catches: [
    { name: "everybody", resources: [database({ allowLists: ["0.0.0.0/0"] })], violations: [open] },
    {
      name: "a single node",
      configuration: { minimumNodes: 2 },
      resources: [database({ label: "users" })],
      violations: ["sample: clusterSize is 1: set at least 2."],
    },

    {
      name: "everybody, by a resource of its own and by the first form",
      resources: [
        {
          ...database({ allowLists: ["0.0.0.0/0"] }),
          type: "linode:index/databaseAccessControls:DatabaseAccessControls",
        },
        { ...database({ allowLists: ["0.0.0.0/0"] }), type: "linode:index/databaseMysql:DatabaseMysql" },
      ],
      violations: [open, open],
    },
  ],
  passes: [
    {
      name: "named ranges, three nodes",
      configuration: { minimumNodes: 2 },
      resources: [database({ allowLists: ["203.0.113.0/24"], clusterSize: 3 })],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "one range is not known, another is everything",
        resources: [database({ allowLists: [unknown, "0.0.0.0/0"] })],
        violations: [open],
      },
    ],
    passes: [
      {
        name: "not known",
        configuration: { minimumNodes: 2 },
        resources: [database({ allowLists: unknown, clusterSize: unknown })],
      },
    ],
  },
  faults: [
    faults.beside(faults.lke, "linode:index/databaseAccessControls:DatabaseAccessControls", {
      allowLists: ["0.0.0.0/0"],
    }),
    faults.beside(faults.lke, "linode:index/databasePostgresqlV2:DatabasePostgresqlV2", {
      allowLists: ["0.0.0.0/0"],
      clusterSize: 3,
    }),
    faults.beside(faults.lke, "linode:index/databasePostgresqlV2:DatabasePostgresqlV2", { clusterSize: 1 }),
  ],
};
