import { awsShape } from "./aws";
import { awsProblems } from "./aws-rules";

/** A cluster of EKS, with what it has on AWS, its parts held against each other. */
export const awsSchema = awsShape.superRefine((config, context) => {
  for (const { path, message } of awsProblems(config)) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
});
