import { placed } from "../../test/support/systems";
import { awsCloud } from "../aws/cloud";
import { linodeCloud } from "../linode/cloud";
import { localCloud } from "../local/cloud";
import { type PlacementArgs, placeNamespaces } from "./placement";

const sections = {
  atlas: { cluster: "aws" },
  aiaas: { cluster: "linode", sharedWith: ["development", "staging"] },
  "ai-middleware": { cluster: "aws" },
  "market-research": { cluster: "aws" },
};
const prodSystems = placed(sections);
const ownSystems = placed({ ...sections, aiaas: { cluster: "linode" } });

type Args = Omit<PlacementArgs, "without"> & Partial<Pick<PlacementArgs, "without">>;

function place(args: Args, owner: "systems" | "platform") {
  return placeNamespaces({ without: [], ...args }).filter(
    ({ declaration }) => (declaration.owner === "platform") === (owner === "platform"),
  );
}

const clouds = { aws: awsCloud, linode: linodeCloud, local: localCloud } as const;

const cluster = (name: keyof typeof clouds, owned: boolean) => ({ name, owned, cloud: clouds[name] });

function summary(args: Args, owner: "systems" | "platform" = "systems"): Record<string, string> {
  return Object.fromEntries(
    place(args, owner).map(({ declaration, created, limited }) => [
      declaration.name,
      [created && "created", limited && "limited"].filter(Boolean).join(" and "),
    ]),
  );
}

test("a cluster gets the namespaces of its systems, and of Atlas' environments only the stack's own", () => {
  expect(summary({ environment: "production", systems: prodSystems, cluster: cluster("aws", true) })).toEqual(
    {
      "atlas-ai-production": "created and limited",
      "atlas-monitoring": "created and limited",
      "atlas-logging": "created and limited",
      "ai-middleware": "created and limited",
      marketresearch: "created and limited",
    },
  );
});

test("the owner of a shared cluster makes every environment's namespace, and limits its own (D3)", () => {
  expect(
    summary({ environment: "production", systems: prodSystems, cluster: cluster("linode", true) }),
  ).toEqual({
    development: "created",
    staging: "created",
    production: "created and limited",
    system: "created and limited",
  });
});

test("a stack on another's cluster makes nothing of the owner's, and limits its own environment (D3)", () => {
  expect(summary({ environment: "staging", systems: ownSystems, cluster: cluster("linode", false) })).toEqual(
    { staging: "limited" },
  );
});

test("a stack with a cluster of its own that it shares with nobody has no other environment on it (D3)", () => {
  expect(summary({ environment: "staging", systems: ownSystems, cluster: cluster("linode", true) })).toEqual({
    staging: "created and limited",
    system: "created and limited",
  });
});

test("a system that the stack leaves out has no namespace", () => {
  expect(
    summary({
      environment: "development",
      systems: placed({ atlas: { cluster: "local" } }),
      cluster: cluster("local", true),
    }),
  ).toEqual({
    "atlas-ai-dev": "created and limited",
    "atlas-monitoring": "created and limited",
    "atlas-logging": "created and limited",
  });
});

test("a shared namespace serves the stack's environment, a guest's its own", () => {
  const placements = place(
    { environment: "production", systems: prodSystems, cluster: cluster("linode", true) },
    "systems",
  );
  expect(
    Object.fromEntries(placements.map(({ declaration, environment }) => [declaration.name, environment])),
  ).toEqual({
    development: "development",
    staging: "staging",
    production: "production",
    system: "production",
  });
});

test("every cluster of one's own has the platform's namespaces; monitoring and logging are Atlas' where it runs (A9)", () => {
  const onAws = summary(
    { environment: "production", systems: prodSystems, cluster: cluster("aws", true) },
    "platform",
  );
  const onLinode = summary(
    { environment: "production", systems: prodSystems, cluster: cluster("linode", true) },
    "platform",
  );
  expect(onAws).toMatchObject({ ingress: "created and limited", "node-agents": "created and limited" });
  expect(Object.keys(onLinode).filter((name) => !(name in onAws))).toEqual(["monitoring", "logging"]);
});

test("on another's cluster there is nothing of the platform to make", () => {
  expect(
    summary({ environment: "staging", systems: ownSystems, cluster: cluster("linode", false) }, "platform"),
  ).toEqual({});
});

test("a service that the stack does without has no namespace", () => {
  const namesWithout = (without: PlacementArgs["without"]) =>
    Object.keys(
      summary(
        { environment: "staging", systems: ownSystems, without, cluster: cluster("aws", true) },
        "platform",
      ),
    );
  expect(namesWithout([]).filter((name) => !namesWithout(["registry", "mesh"]).includes(name))).toEqual([
    "registry",
    "istio-system",
  ]);
});

test("pods behind load balancers of AWS are ready when those send to them", () => {
  const gated = (name: "aws" | "linode") =>
    placeNamespaces({
      environment: "production",
      systems: placed({ atlas: { cluster: name } }),
      without: [],
      cluster: cluster(name, true),
    })
      .filter(({ gated: isGated }) => isGated)
      .map(({ declaration }) => declaration.name);
  expect(gated("aws")).toEqual(["atlas-ai-production", "ingress"]);
  expect(gated("linode")).toEqual([]);
});
