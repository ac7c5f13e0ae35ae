import { linodeShape } from "./linode";
import { linodeProblems } from "./linode-rules";

/** Everything about Linode that a stack's configuration may say. */
export const linodeSchema = linodeShape
  .superRefine((section, context) => {
    for (const { path, problem } of linodeProblems(section)) {
      context.addIssue({ code: "custom", path: [...path], message: problem });
    }
  })
  .describe(
    "What the stack has at Linode: an LKE cluster or a share in one, storage, databases, DNS. (C5, C8, C11, C12)",
  );
