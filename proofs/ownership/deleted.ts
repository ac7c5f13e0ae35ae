import { deletes } from "../../model/operators";
import type { CustomResource } from "../../model/operators/operator";
import { customResource } from "../../model/with-operators";
import { nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";
import { makerName } from "./makers";

/** Nothing has a name that an operator deletes. */
export const notDeleted: Check = ({ model }) =>
  sum(
    model.objects.map((object) => {
      const resource: CustomResource | undefined = customResource(object);
      return each(resource === undefined ? [] : deletes(resource), (deleted) => {
        const found = model.find({ cluster: object.cluster, ...deleted });
        return (
          found && {
            object: nameOf(found),
            rule: `${makerName(found)} makes it, and the operator of ${object.kind}/${object.name} deletes it wherever it finds it`,
            source: "the operator's reconciliation: what its resource does not ask for is deleted by name",
            fix: "give it another name, or have the custom resource ask the operator for it",
          }
        );
      });
    }),
  );
