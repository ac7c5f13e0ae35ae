import { catalogue } from "./catalogue";
import { exemptionConfigured } from "./exemptions/configured";
import { findings, wired } from "./testing/harness";
import { reviewedPlan, stackConfiguration } from "./testing/reviewed-plan";

/** Shows what each stack configures, and so has something to say of all. */
const shown = exemptionConfigured.id;
const judges = catalogue.filter(({ id }) => id !== shown);

describe.each(["dev", "staging", "prod"])("the reviewed plan of %s", (stack) => {
  const found = findings(catalogue, wired(reviewedPlan(stack)), stackConfiguration(stack));

  test.each(judges.map(({ id }) => id))("holds to %s", (id) => {
    expect(found.filter(({ policy }) => policy === id)).toEqual([]);
  });

  test("shows that the node's agents are let pass, and why", () => {
    const messages = found.filter(({ policy }) => policy === shown).map(({ message }) => message);
    expect(messages).toContainEqual(
      expect.stringMatching(/kubernetes-pod-security-labels by its .+:\n- node-agents: node-exporter/),
    );
  });
});
