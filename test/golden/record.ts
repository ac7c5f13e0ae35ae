import "../../sandbox/engine/packs/lazy-arborist";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { z } from "zod";
import { sharedOutputs } from "../../infra/linode/outputs";
import { program } from "../../program";
import { missingSecrets, placeholder } from "../../sandbox/engine/placeholders";
import { leaveOutUnreadDiagnostics } from "../../sandbox/engine/unread-diagnostics";
import recordedOn from "../recorded-on.json";
import { RecordingMonitor } from "./recording-monitor";

const repository = join(__dirname, "../..");

/**
 * Runs the program for one stack against mocks and prints what it registers. A process of its own, so that nothing of
 * the caller's environment, of other stacks or of a cloud gets into the plan.
 */
async function record(stack: string, file: string): Promise<void> {
  leaveOutUnreadDiagnostics();
  const monitor = new RecordingMonitor({ "organization/ai-platform/prod": prodOutputs });
  pulumi.runtime.setMockOptions(monitor, "ai-platform", stack, false, "organization");
  const { config } = parse(readFileSync(file, "utf8"));
  const settings = withPlaceholders(config);
  pulumi.runtime.setAllConfig({ ...flatten(settings), "linode:token": "a-token" }, [
    "linode:token",
    secretsKey,
  ]);
  await pulumi.runtime.runInPulumiStack(() => program(new Date(recordedOn.day)));
  // Registrations go on after the program has returned.
  await pulumi.runtime.disconnect();
  process.stdout.write(JSON.stringify({ resources: monitor.planned, outputs: monitor.outputs }));
}

const secretsKey = "ai-platform:secrets";

/** A stack's configuration without the secrets that only the real stack can read: the plan shows none of their values. */
function withPlaceholders(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const missing = missingSecrets({ directory: repository, name: "ai-platform" }, config);
  const secrets = new Map(Object.entries(bundlesOf.parse(config[secretsKey])));
  for (const { bundle, key } of missing) {
    secrets.set(bundle, { ...secrets.get(bundle), [key]: placeholder });
  }
  return { ...config, [secretsKey]: Object.fromEntries(secrets) };
}

/** Values by bundle and key, a placeholder in the place of each. */
const bundlesOf = z
  .record(
    z.string(),
    z.record(
      z.string(),
      z.unknown().transform(() => placeholder),
    ),
  )
  .default({});

const outputsOfLinode = sharedOutputs("linode");

/** What the owner of a shared cluster tells those who share it (D3). */
const prodOutputs = {
  [outputsOfLinode.clusterName]: "aiaas-prod",
  [outputsOfLinode.kubeconfig]: "apiVersion: v1\nkind: Config\n",
};

/** Pulumi hands every value to the program as text: plain text as it is, everything else as JSON. */
function flatten(config: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

const [stack, file = join(repository, `Pulumi.${stack}.yaml`)] = process.argv.slice(2);
if (stack === undefined) throw new Error("usage: record.ts <stack> [stack file]");
void record(stack, file);
