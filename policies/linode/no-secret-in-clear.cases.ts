import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { linodeNoSecretInClear } from "./no-secret-in-clear";

const resource = (type: string, properties: Values): Sample => ({ type: `linode:index/${type}`, properties });
const holds = (path: string, what: string): string =>
  `sample: ${path} is or holds ${what}: fetch it when the machine starts.`;
const script = "#!/bin/sh\nexport API_TOKEN=1a2b3c4d\n";
const byName = "API_TOKEN, a secret by its name";

export const linodeNoSecretInClearCases: Cases = {
  policy: linodeNoSecretInClear,
  catches: [
    {
      name: "in scripts, their data and user data",
      resources: [
        resource("stackScript:StackScript", { label: "start", script }),
        resource("instance:Instance", { stackscriptData: { db_password: "hunter2" } }),
        resource("instance:Instance", {
          metadatas: [{ userData: Buffer.from(script).toString("base64") }],
        }),
      ],
      violations: [
        holds("script", byName),
        holds("stackscriptData.db_password", "a secret by its name"),
        holds("metadatas[0].userData", byName),
      ],
    },
    {
      name: "a script that everybody may read",
      resources: [resource("stackScript:StackScript", { script: "#!/bin/sh\n", isPublic: true })],
      violations: ["sample: isPublic is true, which shows the script to every customer for good: remove it."],
    },
  ],
  passes: [
    {
      name: "scripts that fetch what they need",
      resources: [
        resource("stackScript:StackScript", {
          label: "start",
          script: "#!/bin/sh\nAPI_TOKEN=$(vault read -field=token secret/api)\n",
        }),
        resource("instance:Instance", { label: "token-service", stackscriptData: { region: "de-fra-2" } }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its label is not known",
        resources: [resource("stackScript:StackScript", { label: unknown, script })],
        violations: [holds("script", byName)],
      },
    ],
    passes: [{ name: "not known", resources: [resource("stackScript:StackScript", { script: unknown })] }],
  },
  faults: [faults.beside(/LkeCluster$/, "linode:index/stackScript:StackScript", { script })],
};
