import { parser } from "@prometheus-io/lezer-promql";

/**
 * The metrics that an expression reads, by Prometheus' own grammar.
 *
 * @throws Error where it is no PromQL
 */
export function metricsOf(expression: string): readonly string[] {
  const names: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, type, from, to, node }) => {
      if (type.isError) throw new Error(`no PromQL from character ${from} on: ${expression}`);
      if (name === "Identifier" && node.parent?.name === "VectorSelector") {
        names.push(expression.slice(from, to));
      }
    },
  });
  return names;
}
