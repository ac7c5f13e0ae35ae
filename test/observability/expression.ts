import { parser } from "@prometheus-io/lezer-promql";

/** A node of a parsed expression; as much of the parser's own as is used. */
interface Node {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: Node | null;
  readonly nextSibling: Node | null;
  readonly parent: Node | null;
}

/** What is known of a series, whether scraped or recorded. */
export interface Series {
  readonly labels: readonly string[];
  /** Undefined for what rules record. */
  readonly type?: "counter" | "gauge" | "histogram";
  readonly moving?: readonly string[];
  readonly zeroIsNone?: boolean;
}

/** What an expression yields, and what is wrong with it for the series that there are. */
export interface Judged {
  /** Labels of its result; undefined for a number. */
  readonly labels: readonly string[] | undefined;
  readonly faults: readonly string[];
}

const ofCounters = ["rate", "irate", "increase"];
const ofGauges = ["changes", "delta", "idelta", "deriv", "predict_linear"];
const comparisons = ["Gtr", "Gte", "Lss", "Lte", "Eql", "EqlC", "Neq"];
const setOperators = ["And", "Or", "Unless"];

/**
 * Holds an expression against the series that there really are: labels that they lack, functions that do not suit their kind,
 * sides that never match.
 *
 * @param seriesOf what is known of a metric; undefined for one that nothing yields
 */
export function judge(expression: string, seriesOf: (metric: string) => Series | undefined): Judged {
  const faults: string[] = [];
  const text = ({ from, to }: Node) => expression.slice(from, to);
  const fault = (message: string) => faults.push(`${message}: ${expression}`);

  const selector = (node: Node): readonly string[] => {
    const metric = text(find(node, "Identifier") ?? node);
    const series = seriesOf(metric);
    if (series === undefined) {
      fault(`nothing yields ${metric}`);
      return [];
    }
    for (const label of all(node, "LabelName").map(text)) {
      if (!series.labels.includes(label)) fault(`${metric} has no label ${label}`);
    }
    if (series.zeroIsNone && !isFiltered(node))
      fault(`${metric} is 0 where there is none, which is not left out`);
    return series.labels;
  };

  const call = (node: Node): readonly string[] | undefined => {
    const name = text(find(node, "FunctionIdentifier") ?? node);
    const body = find(node, "FunctionCallBody");
    const results = body ? children(body).map((each) => visit(each)) : [];
    const result = results.find((labels) => labels !== undefined);
    for (const each of body ? all(body, "MatrixSelector") : []) {
      const metric = text(find(each, "Identifier") ?? each);
      const series = seriesOf(metric);
      if (series?.type === "gauge" && ofCounters.includes(name))
        fault(`${metric} is a gauge, of which ${name}() says nothing`);
      if (series?.type === "counter" && ofGauges.includes(name))
        fault(`${metric} is a counter, of which ${name}() says nothing`);
      if (series?.moving && [...ofCounters, ...ofGauges].includes(name)) {
        fault(
          `${metric} is another series with each value, by ${series.moving.join(" and ")}, so ${name}() is always 0`,
        );
      }
    }
    switch (name) {
      case "time":
      case "vector":
      case "scalar":
        return name === "vector" ? [] : undefined;
      case "histogram_quantile":
        if (!result?.includes("le")) fault("histogram_quantile() needs le");
        return result?.filter((label) => label !== "le");
      case "label_replace": {
        const [added = "", , source = ""] = all(node, "StringLiteral")
          .map((each) => text(each).slice(1, -1))
          .slice(-4);
        if (!result?.includes(source)) fault(`label_replace() reads ${source}, which is not there`);
        return [...(result ?? []), added];
      }
      case "absent":
        return all(node, "UnquotedLabelMatcher").flatMap((each) =>
          find(each, "EqlSingle") ? [text(find(each, "LabelName") ?? each)] : [],
        );
      default:
        return result;
    }
  };

  const aggregate = (node: Node): readonly string[] => {
    const body = find(node, "FunctionCallBody");
    const inner = body
      ? children(body)
          .flatMap((each) => [visit(each)])
          .find((labels) => labels !== undefined)
      : [];
    const modifier = find(node, "AggregateModifier");
    const operator = text(find(node, "AggregateOp") ?? node);
    if (modifier === undefined) return ["topk", "bottomk"].includes(operator) ? (inner ?? []) : [];
    const named = all(modifier, "LabelName").map(text);
    for (const label of named) {
      if (!inner?.includes(label)) fault(`grouped by ${label}, which is not there`);
    }
    return find(modifier, "By") ? named : (inner ?? []).filter((label) => !named.includes(label));
  };

  const binary = (node: Node): readonly string[] | undefined => {
    const [left, operator, ...rest] = children(node);
    const right = rest.at(-1);
    if (left === undefined || operator === undefined || right === undefined) return undefined;
    const [a, b] = [visit(left), visit(right)];
    if (a === undefined || b === undefined) return a ?? b;
    const modifier = rest.find(({ name }) => name === "MatchingModifierClause");
    const groupings = modifier ? children(modifier).filter(({ name }) => name === "GroupingLabels") : [];
    const on =
      modifier && find(modifier, "On") ? all(groupings[0] ?? modifier, "LabelName").map(text) : undefined;
    for (const label of on ?? []) {
      if (!a.includes(label) || !b.includes(label)) fault(`matched on ${label}, which one side lacks`);
    }
    if (operator.name === "Or") {
      if (sameLabels(a, b) && !yieldsSome(left) && !isNarrower(left, right))
        fault("or takes nothing from its right side: the left has every series");
      return a.filter((label) => b.includes(label));
    }
    if (modifier === undefined && !sameLabels(a, b)) {
      const odd = [...a.filter((label) => !b.includes(label)), ...b.filter((label) => !a.includes(label))];
      fault(`the sides never match, for one has ${odd.join(", ")}`);
    }
    if (setOperators.includes(operator.name) || comparisons.includes(operator.name)) return a;
    return on && !find(modifier ?? node, "GroupLeft") ? on : a;
  };

  const visit = (node: Node): readonly string[] | undefined => {
    switch (node.name) {
      case "VectorSelector":
        return selector(node);
      case "FunctionCall":
        return call(node);
      case "AggregateExpr":
        return aggregate(node);
      case "BinaryExpr":
        return binary(node);
      case "NumberDurationLiteral":
      case "NumberLiteral":
      case "StringLiteral":
        return undefined;
      default:
        return children(node)
          .map(visit)
          .find((labels) => labels !== undefined);
    }
  };

  const labels = visit(parser.parse(expression).topNode);
  return { labels, faults };
}

/** Whether a selector's values of 0 are left out where it stands: `(metric > 0)`. */
function isFiltered(node: Node): boolean {
  const { parent } = node;
  if (parent?.name !== "BinaryExpr") return false;
  const [left, operator] = children(parent);
  return (
    left?.from === node.from && left.to === node.to && (operator?.name === "Gtr" || operator?.name === "Neq")
  );
}

/** Whether a side of `or` leaves series out, so that the other side has something to add. */
function yieldsSome(node: Node): boolean {
  if (node.name === "ParenExpr" || node.name === "PromQL") return children(node).some(yieldsSome);
  if (node.name === "FunctionCall") return all(node, "Absent").length > 0 || children(node).some(yieldsSome);
  if (node.name !== "BinaryExpr") return children(node).some(yieldsSome);
  const [left, operator, ...rest] = children(node);
  if (operator !== undefined && [...comparisons, "And", "Unless"].includes(operator.name)) return true;
  return [left, rest.at(-1)].some((side) => side !== undefined && yieldsSome(side));
}

/** Whether a side is held to labels that the other is not. */
function isNarrower(left: Node, right: Node): boolean {
  return all(left, "UnquotedLabelMatcher").length > all(right, "UnquotedLabelMatcher").length;
}

function sameLabels(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label) => b.includes(label));
}

function children(node: Node): readonly Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

/** Every node of a name below another, in the order of the text. */
function all(node: Node, name: string): readonly Node[] {
  return children(node).flatMap((child) => (child.name === name ? [child] : all(child, name)));
}

function find(node: Node, name: string): Node | undefined {
  return all(node, name)[0];
}
