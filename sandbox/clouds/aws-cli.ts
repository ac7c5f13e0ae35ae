import { parseArgs } from "node:util";
import { ClusterFolder } from "../cluster/folder";

/** The exit code of the AWS command line for words that it does not know. */
const usageError = 252;

/** How long kubectl may keep a token before it asks again, as EKS has it. */
const tokenMinutes = 14;

/**
 * What the simulated AWS has of the `aws` command: `aws eks get-token`, which kubeconfigs of EKS clusters call.
 * Answers with the cluster administrator's token as an ExecCredential.
 */
async function main(words: readonly string[]): Promise<void> {
  const [service, operation, ...options] = words;
  if (service !== "eks" || operation !== "get-token") {
    fail(`the sandbox's aws knows only \`aws eks get-token\`, not \`aws ${words.join(" ")}\``, usageError);
  }
  const { values } = parseArgs({
    args: options,
    options: {
      "cluster-name": { type: "string" },
      region: { type: "string" },
      output: { type: "string", default: "json" },
      "role-arn": { type: "string" },
      profile: { type: "string" },
    },
  });
  const name = values["cluster-name"];
  if (name === undefined) {
    fail("aws eks get-token needs --cluster-name, for example --cluster-name atlas-prod", usageError);
  }
  const record = await new ClusterFolder({ cloud: "aws", name }).record();
  if (record === undefined) {
    fail(`No cluster found for name: ${name}.`, 254);
  }
  const expires = new Date(Date.now() + tokenMinutes * 60_000);
  const credential = {
    kind: "ExecCredential",
    apiVersion: requestedVersion(),
    spec: {},
    status: { expirationTimestamp: expires.toISOString().replace(/\.\d+Z$/, "Z"), token: record.token },
  };
  process.stdout.write(`${JSON.stringify(credential)}\n`);
}

/** kubectl says which version of the answer it understands. */
function requestedVersion(): string {
  const request: unknown = JSON.parse(process.env.KUBERNETES_EXEC_INFO ?? "{}");
  const version =
    typeof request === "object" && request !== null && "apiVersion" in request && request.apiVersion;
  return typeof version === "string" ? version : "client.authentication.k8s.io/v1beta1";
}

function fail(message: string, code: number): never {
  process.stderr.write(`aws: ${message}\n`);
  process.exit(code);
}

main(process.argv.slice(2)).catch((error: unknown) =>
  fail(error instanceof Error ? error.message : String(error), usageError),
);
