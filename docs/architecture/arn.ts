/** The name of the resource that an ARN of a plan stands for. */
export function resourceOfArn(arn: string): string {
  return arn.replace(/^.*:/, "");
}
