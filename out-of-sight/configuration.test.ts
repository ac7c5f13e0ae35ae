import { readFileSync } from "node:fs";
import { unpinnedImages } from "../facts/unpinned";
import { readPlan } from "../model/read-plan";
import { reviewedStacks } from "../model/reviewed";
import table from "../policies/kubernetes/operator-pods.json";
import { configurationFile, configurationOf, withOwnRegistries } from "./configuration";
import { operatorSources } from "./places/table";
import { withSystems } from "./systems-images";

test.each(reviewedStacks())(
  "the policies of %s know what charts and operators make; `npm run golden` brings them up to date",
  (stack) => {
    const standing: unknown = JSON.parse(readFileSync(configurationFile(stack), "utf8"));
    expect(configurationOf(readPlan(stack))).toEqual(standing);
  },
);

test("what a stack sets of a policy beside stays as it is", () => {
  const set = { "kubernetes-image-digest": { enforcementLevel: "advisory" } };
  expect(configurationOf(readPlan("dev"), set)).toMatchObject(set);
});

test("the policies know where operators read what their pods look like; `npm run golden` brings them up to date", () => {
  expect(operatorSources()).toEqual(table);
});

test("the systems' images are told from the program's by the stack files; `npm run golden` brings them up to date", () => {
  expect(withSystems()).toEqual(unpinnedImages);
});

test("a stack whose systems' images come from elsewhere: the policies let those in, by tag as well, and no longer the former", () => {
  const before = withOwnRegistries({}, ["registry.example.net/shop", "ghcr.io/example/bank"]);
  const after = withOwnRegistries(before, ["ghcr.io/example/shop", "registry.example.com/shop"]);
  expect(after).toEqual({
    "kubernetes-image-registry": { own: ["ghcr.io/example/shop", "registry.example.com"] },
    "kubernetes-image-digest": {
      unpinned: [{ reason: expect.any(String), names: ["ghcr.io/example/shop/", "registry.example.com/"] }],
    },
  });
});
