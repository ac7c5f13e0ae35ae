import { systems } from "../../apps/registry";
import { keyOf } from "../../infra/config/fault";
import { validate } from "../../infra/config/validate";
import type { Row } from "../row";
import { verdictOf } from "../row";
import type { PreflightContext } from "./context";

/** Whether the program accepts the stack file, example values included. */
export const configurationRow: Row<PreflightContext> = {
  id: "configuration",
  title: "The stack's file has no faults, and no examples in the place of its own values",
  seed: "001 Deployment Scripts, prerequisite validation",
  check: ({ facts, file, environment, today, bundles }) => {
    const { faults = [] } = validate(file.own, {
      today,
      systems,
      bundles,
      stack: facts.stack,
      simulatedClouds: false,
      hasLinodeToken: file.hasLinodeToken || Boolean(environment.LINODE_TOKEN),
      secretsAreEncrypted: file.secretsAreEncrypted,
    });
    return verdictOf(
      faults.map(({ path, found, problem, allowed, example }) => ({
        about: keyOf(path),
        expected: allowed ?? problem ?? "another value",
        found: problem === undefined || allowed === undefined ? found : `${found}, ${problem}`,
        look: example ?? "docs/reference/configuration.md",
      })),
    );
  },
};
