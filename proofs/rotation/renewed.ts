import { mapAt } from "../../model/facts/read";
import { type Check, each, nothing } from "../verdict";
import { permanent } from "./permanent";

const generators: ReadonlySet<string> = new Set([
  "random:index/randomPassword:RandomPassword",
  "random:index/randomBytes:RandomBytes",
]);

/** Every generated secret value has a term after which it is renewed, or a reason why it has none. */
export const valuesAreRenewed: Check = ({ plan }) =>
  plan === undefined
    ? nothing
    : each(
        plan.resources.filter(({ type }) => generators.has(type)),
        ({ name, inputs }) => {
          const isRenewed = mapAt(inputs, "keepers")?.period !== undefined;
          return isRenewed || permanent.some(({ values }) => values.test(name))
            ? undefined
            : {
                object: name,
                rule: "it is a generated secret value without a term: it is never renewed",
                source: "002: secrets are renewed quarterly; Pulumi, random: keepers",
                fix: "give its bundle rotationDays; where it cannot change, say why in proofs/rotation/permanent.ts",
              };
        },
      );
