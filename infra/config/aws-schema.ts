import { awsShape } from "./aws";
import { awsProblems } from "./aws-rules";

/** Everything about AWS that a stack's configuration may say, its parts held against each other. */
export const awsSchema = awsShape.superRefine((config, context) => {
  for (const { path, message } of awsProblems(config)) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
});
