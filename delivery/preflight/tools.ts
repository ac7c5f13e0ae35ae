import { consoleReporter } from "../../cli/reporter";
import { clustersIn } from "../../infra/config/clusters";
import { ensureTools, toolNames } from "../../toolchain";
import { compareVersions, fitsVersion, parseVersion, wantedVersion } from "../../toolchain/installed";
import { programHomes } from "../program-output";
import { type Finding, type Row, verdictOf } from "../row";
import type { PreflightContext } from "./context";

const seed = "001 Deployment Scripts, prerequisite validation";
const leastNode = "20.19";

/** The Node version of this process. */
export const nodeRow: Row<PreflightContext> = {
  id: "node",
  title: `Node is ${leastNode} or newer`,
  seed,
  check: () =>
    verdictOf(
      compareVersions(process.versions.node, leastNode) >= 0
        ? []
        : [
            {
              about: "Node",
              expected: `${leastNode} or newer`,
              found: process.versions.node,
              look: "https://nodejs.org/en/download",
            },
          ],
    ),
};

/** The sandbox's own tools: a fitting version on the PATH, built before, or built now. */
export const sandboxToolsRow: Row<PreflightContext> = {
  id: "tools",
  title: "The sandbox's tools are there, in fitting versions",
  seed,
  check: async () => {
    await ensureTools(toolNames, consoleReporter());
    return verdictOf([]);
  },
};

/** The command lines of Pulumi, and of AWS where it provides the cluster's tokens. */
export const cloudToolRows: readonly Row<PreflightContext>[] = [
  {
    id: "pulumi",
    title: "The Pulumi CLI is there, in a fitting version",
    seed,
    check: async ({ output }) => {
      const version = parseVersion(await output("pulumi", "version").catch(() => ""));
      return verdictOf(
        version !== undefined && fitsVersion("pulumi", version)
          ? []
          : [tool("pulumi", wantedVersion("pulumi"), version, programHomes.pulumi)],
      );
    },
  },
  {
    id: "aws-cli",
    title: "The AWS CLI is there: kubeconfigs of EKS call it",
    seed,
    appliesTo: ({ facts }) => clustersIn(facts.clusters, "aws").length > 0,
    check: async ({ output }) => {
      const version = parseVersion(await output("aws", "--version").catch(() => ""));
      return verdictOf(
        version !== undefined && compareVersions(version, "2") >= 0
          ? []
          : [tool("aws", "2.x", version, programHomes.aws)],
      );
    },
  },
];

function tool(name: string, expected: string, version: string | undefined, look: string): Finding {
  return { about: `${name} on the PATH`, expected, found: version ?? "none", look };
}
