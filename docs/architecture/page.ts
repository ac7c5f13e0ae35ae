import { z } from "zod";
import { clusterName } from "../../model/expand";
import type { Plan } from "../../model/plan";
import { readPlan } from "../../model/read-plan";
import { reviewedStacks } from "../../model/reviewed";
import { awsDiagram } from "./aws";
import { namespacesBox } from "./clusters";
import { linodeDiagram } from "./linode";
import { type Diagram, flowchart } from "./mermaid";
import { requestsOf } from "./requests";

const begin = "<!-- architecture: generated from the program by `npm run docs` -->";
const end = "<!-- /architecture -->";

/** What a stack consists of, as its reviewed plan has it. */
export function stackDiagram(stack: string): Diagram {
  const plan = readPlan(stack);
  const parts = [awsDiagram(plan), linodeDiagram(plan), localDiagram(plan)];
  return { members: parts.flatMap(({ members }) => members), arrows: parts.flatMap(({ arrows }) => arrows) };
}

/** The page with every stack's diagram, and what its pods ask for. */
export function architecturePage(): string {
  const sections = reviewedStacks().map(
    (stack) => `## ${stack}\n\n${fenced(stack)}\n\nIts pods request:\n\n${requestsOf(stack)}\n`,
  );
  return [
    "# Architecture\n",
    "One diagram for each stack, drawn by `npm run docs` from the reviewed plan in `test/golden/plan`: what is not in the",
    "plan is not in the diagrams. Numbers of nodes are the pool's lowest and highest. Rounded boxes are not made by the",
    "stack. Below each diagram is what the pods request at the pools' desired sizes; `make capacity` says it pool by pool.\n",
    ...sections,
  ].join("\n");
}

/**
 * A text with the diagram of prod between its markers.
 *
 * @throws Error when the text has no markers
 */
export function withArchitecture(text: string): string {
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`README.md has no place for the diagram: it needs the lines ${begin} and ${end}`);
  return `${before}${begin}\n${fenced("prod")}\n${end}${after}`;
}

function fenced(stack: string): string {
  return ["```mermaid", flowchart(stackDiagram(stack)), "```"].join("\n");
}

function localDiagram(plan: Plan): Diagram {
  const clusters = plan
    .all("pulumi:providers:kubernetes", z.object({ context: z.string().optional() }))
    .flatMap(({ name, inputs }) => (inputs.context === undefined ? [] : [{ name, context: inputs.context }]));
  return {
    members: clusters.map(({ name, context }) => ({
      id: name,
      title: `Cluster of the kubeconfig context ${context}`,
      members: namespacesBox(plan, clusterName(name)),
    })),
    arrows: [],
  };
}
