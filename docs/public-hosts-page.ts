import { markdownTable } from "../cli/table";
import { modelOf } from "../model/expand";
import { readPlan } from "../model/read-plan";
import { reviewedStacks } from "../model/reviewed";
import { type Path, pathsOf } from "../proofs/paths/path";
import { pathColumns, pathWords } from "../proofs/paths/words";

const introduction = `# Public hosts

Every host of the reviewed plans that the world can reach, with what stands between a visitor and the pods. \`make prove\` holds each against
what is known of CloudFront, load balancers and NGINX: [paths](../proofs.md#paths).

- **Name**: who makes the DNS record: the program, external-dns in the cluster, or people, where no zone of the stack holds the host.
- **Certificate**: how Let's Encrypt (or, of load balancers, AWS) is shown that the host is ours.
- **Answer within**: seconds without a sign of an answer after which the first hop on the way gives up, and which one. It is a time between
  parts: an answer that is streamed may take longer as a whole. CloudFront waits 120 s; for more AWS has to raise the account's
  quota \`Response timeout per origin\`, and then \`clusters.aws.edge.answerTimeoutSeconds\` says it. 000 asks for 300 s, which every hop behind
  CloudFront waits. How long a NodeBalancer waits is not documented.
- **Body**: the largest that passes. CloudFront's firewall looks at the beginning of a body, and blocks none for its size.
- **Streams**: whether answers are handed on as they come. Requests always are.
- **Rate**: requests a second of one visitor, and at once, by all pods of the ingress together. CloudFront's firewall allows as many.

Market Data's host is there once a stack has a zone: without a certificate its load balancer stays within the network.

This page is generated from the reviewed plans by \`npm run docs\`.
`;

/** The reference page of the reviewed stacks' public hosts. */
export function publicHostsPage(): string {
  const sections = reviewedStacks().map((stack) => {
    const plan = readPlan(stack);
    return section(stack, pathsOf({ model: modelOf(plan), plan }));
  });
  return [introduction, ...sections].join("\n");
}

function section(stack: string, paths: readonly Path[]): string {
  return [
    `## ${stack}`,
    "",
    markdownTable([pathColumns, ...paths.map((path) => pathWords(path, (text) => `\`${text}\``))]),
    "",
  ].join("\n");
}
