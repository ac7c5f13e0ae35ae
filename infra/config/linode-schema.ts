import { linodeShape } from "./linode";
import { linodeProblems } from "./linode-rules";

/** A cluster of LKE, with what it has at Linode, its parts held against each other. */
export const linodeSchema = linodeShape
  .superRefine((section, context) => {
    for (const { path, problem } of linodeProblems(section)) {
      context.addIssue({ code: "custom", path: [...path], message: problem });
    }
  })
  .describe(
    "A cluster of LKE or a share in one, and what it has at Linode: storage, databases, DNS. (C5, C8, C11, C12)",
  );
