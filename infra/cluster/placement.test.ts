import type { SystemsConfig } from "../config/systems";
import { type PlacementArgs, placeNamespaces } from "./placement";

const prodSystems: SystemsConfig = {
  atlas: { cluster: "aws" },
  aiaas: { cluster: "linode", sharedWith: ["development", "staging"] },
  "ai-middleware": { cluster: "aws" },
  "market-research": { cluster: "aws" },
};
const ownSystems: SystemsConfig = { ...prodSystems, aiaas: { cluster: "linode", sharedWith: [] } };

function summary(args: PlacementArgs): Record<string, string> {
  return Object.fromEntries(
    placeNamespaces(args).map(({ declaration, created, limited }) => [
      declaration.name,
      [created && "created", limited && "limited"].filter(Boolean).join(" and "),
    ]),
  );
}

test("a cluster gets the namespaces of its systems, and of Atlas' environments only the stack's own", () => {
  expect(
    summary({ environment: "production", systems: prodSystems, cluster: { name: "aws", owned: true } }),
  ).toEqual({
    "atlas-ai-production": "created and limited",
    "atlas-monitoring": "created and limited",
    "atlas-logging": "created and limited",
    "ai-middleware": "created and limited",
    marketresearch: "created and limited",
  });
});

test("the owner of a shared cluster makes every environment's namespace, and limits its own (D3)", () => {
  expect(
    summary({ environment: "production", systems: prodSystems, cluster: { name: "linode", owned: true } }),
  ).toEqual({
    development: "created",
    staging: "created",
    production: "created and limited",
    system: "created and limited",
  });
});

test("a stack on another's cluster makes nothing of the owner's, and limits its own environment (D3)", () => {
  expect(
    summary({ environment: "staging", systems: ownSystems, cluster: { name: "linode", owned: false } }),
  ).toEqual({ staging: "limited" });
});

test("a stack with a cluster of its own that it shares with nobody has no other environment on it (D3)", () => {
  expect(
    summary({ environment: "staging", systems: ownSystems, cluster: { name: "linode", owned: true } }),
  ).toEqual({ staging: "created and limited", system: "created and limited" });
});

test("a system that the stack leaves out has no namespace", () => {
  expect(
    summary({
      environment: "development",
      systems: { atlas: { cluster: "local" } },
      cluster: { name: "local", owned: true },
    }),
  ).toEqual({
    "atlas-ai-dev": "created and limited",
    "atlas-monitoring": "created and limited",
    "atlas-logging": "created and limited",
  });
});

test("a shared namespace serves the stack's environment, a guest's its own", () => {
  const placed = placeNamespaces({
    environment: "production",
    systems: prodSystems,
    cluster: { name: "linode", owned: true },
  });
  expect(
    Object.fromEntries(placed.map(({ declaration, environment }) => [declaration.name, environment])),
  ).toEqual({
    development: "development",
    staging: "staging",
    production: "production",
    system: "production",
  });
});
