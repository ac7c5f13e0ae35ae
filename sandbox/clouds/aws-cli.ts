import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cachePaths } from "../../cli/cache";

/*
 * What the sandbox has in the place of the AWS CLI: it hands out a cluster's token, for the exec section of kubeconfigs.
 * kubectl and every provider call it all the time, so it loads nothing but Node's own modules.
 */

/** The AWS CLI's exit codes: one for a command that it does not understand, one for what the service refuses. */
const misused = 252;
const refused = 254;

interface Answer {
  readonly exitCode: number;
  readonly output?: string;
  readonly error?: string;
}

const usage =
  "aws eks get-token --cluster-name NAME --region REGION [--output json] [--profile NAME] [--role-arn ARN]";
const options = ["--cluster-name", "--region", "--output", "--profile", "--role-arn"];

/** Answers one call, given what stands after `aws`. */
export function awsCommandLine(words: readonly string[], env: NodeJS.ProcessEnv = process.env): Answer {
  const given = parse(words);
  if (given === undefined) {
    return {
      exitCode: misused,
      error: `the sandbox's aws knows only: ${usage}\nfound: aws ${words.join(" ")}`,
    };
  }
  const name = given["--cluster-name"];
  const region = given["--region"] ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  if (!name || !region) {
    return {
      exitCode: misused,
      error: `${name ? "--region" : "--cluster-name"} is missing\nusage: ${usage}`,
    };
  }
  if ((given["--output"] ?? "json") !== "json") {
    return { exitCode: misused, error: `--output ${given["--output"]}: the sandbox's aws writes json only` };
  }
  const token = inRegion(name, region) ? tokenOf(name) : undefined;
  if (token === undefined) {
    const reason = `ResourceNotFoundException: no cluster found for name: ${name} (region ${region})`;
    return { exitCode: refused, error: reason };
  }
  return { exitCode: 0, output: JSON.stringify(credential(token, env.KUBERNETES_EXEC_INFO)) };
}

/** The options of `eks get-token`, in any order; undefined when the words say anything else. */
function parse(words: readonly string[]): Readonly<Record<string, string>> | undefined {
  const commands: string[] = [];
  const given: Record<string, string> = {};
  for (let index = 0; index < words.length; index++) {
    const [word = "", attached] = (words[index] ?? "").split(/=(.*)/s);
    if (!word.startsWith("-")) {
      commands.push(word);
      continue;
    }
    const value = attached ?? words[++index];
    if (!options.includes(word) || value === undefined) return undefined;
    given[word] = value;
  }
  return commands.join(" ") === "eks get-token" ? given : undefined;
}

/** Whether the simulated AWS has the cluster in this region, in any account. */
function inRegion(name: string, region: string): boolean {
  const accounts = join(cachePaths.clouds(), "aws");
  if (!existsSync(accounts)) return false;
  const file = join("eks.Cluster", region, `${encodeURIComponent(name)}.json`);
  return readdirSync(accounts).some((account) => existsSync(join(accounts, account, file)));
}

/** The administrator's token, as the cluster's folder has it. */
function tokenOf(name: string): string | undefined {
  const file = join(cachePaths.clusters(), `aws-${name}`, "cluster.json");
  if (!existsSync(file)) return undefined;
  const cluster: { readonly token?: string } = JSON.parse(readFileSync(file, "utf8"));
  return cluster.token;
}

/** In the version of the API that the caller speaks. */
function credential(token: string, execInfo: string | undefined): object {
  const beta = "client.authentication.k8s.io/v1beta1";
  const asked: { readonly apiVersion?: string } = execInfo ? JSON.parse(execInfo) : {};
  return {
    kind: "ExecCredential",
    apiVersion: asked.apiVersion ?? beta,
    spec: {},
    status: {
      // A quarter of an hour, as at AWS, less a minute.
      expirationTimestamp: new Date(Date.now() + 14 * 60_000).toISOString().replace(/\.\d+/, ""),
      token,
    },
  };
}

if (require.main === module) {
  const { exitCode, output, error } = awsCommandLine(process.argv.slice(2));
  if (output !== undefined) process.stdout.write(`${output}\n`);
  if (error !== undefined) process.stderr.write(`${error}\n`);
  process.exitCode = exitCode;
}
