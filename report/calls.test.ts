import { readPlan } from "../model/read-plan";
import type { Call, Party, SystemGraph } from "./model/call";
import { layersOf } from "./model/layers";
import { systemGraphs } from "./model/system-graph";
import { drawing, followStyle, graphView } from "./view/graph";

const graphs = systemGraphs(readPlan("prod"));

function systemOf(name: string): SystemGraph {
  const found = graphs.find(({ system }) => system === name);
  if (found === undefined) {
    throw new Error(`no graph of ${name}`);
  }
  return found;
}

describe("calls of prod's systems", () => {
  test("draws who calls whom, as network policies allow it (A2)", () => {
    expect(systemOf("atlas").calls).toContainEqual({
      from: "atlas-ai-production/ai-engine",
      to: "atlas-ai-production/qdrant",
      ports: [6333],
      purpose: "own",
    });
    expect(graphView(systemOf("atlas")).markup).toContain("<li>ai-engine → qdrant: 6333</li>");
  });

  test.each([
    ["monitoring", "atlas", "atlas-monitoring/prometheus", "atlas-ai-production/qdrant"],
    ["monitoring", "aiaas", "production/analytics", "monitoring/otel-collector"],
    ["operators", "aiaas", "data-operators/cloudnative-pg", "production/analytics-postgresql"],
    [
      "operators",
      "atlas",
      "atlas-ai-production/atlas-kafka-cluster-entity-operator",
      "atlas-ai-production/atlas-kafka-cluster",
    ],
    ["operators", "aiaas", "production/rabbitmq", "internet"],
    ["backups", "atlas", "atlas-ai-production/hourly-backup-vectors", "atlas-ai-production/qdrant"],
    ["backups", "atlas", "atlas-ai-production/timescaledb-postgresql", "s3.us-east-1.amazonaws.com"],
    ["certificates", "market-research", "ingress/nginx-ingress", "marketresearch/acme-http01-solver"],
    ["own", "atlas", "ingress/nginx-ingress", "atlas-ai-production/ai-engine"],
    ["own", "atlas", "atlas-ai-production/featurestore", "atlas-ai-production/timescaledb-postgresql"],
    ["own", "atlas", "atlas-financial", "atlas-ai-production/ai-orchestrator"],
    ["own", "market-research", "marketresearch/embedder", "api.openai.com"],
  ])("knows what calls are for: %s", (purpose, system, from, to) => {
    const found = systemOf(system).calls.filter((call) => call.from === from && call.to === to);
    expect(found.map((call) => call.purpose)).toEqual([purpose]);
  });

  test("draws a system's own calls alone, and lists those of the platform apart", () => {
    const drawn = drawing(systemOf("atlas")).markup;
    expect(drawn.match(/class="call /g)).toHaveLength(
      systemOf("atlas").calls.filter(({ purpose }) => purpose === "own").length,
    );
    expect(drawn).not.toMatch(/prometheus|otel-collector|redis-operator|backup|acme/);
    const whole = graphView(systemOf("atlas")).markup;
    expect(whole).toContain("<div>← prometheus: 6333</div>");
    expect(whole).toContain("<div>→ otel-collector: 4317, 4318</div>");
  });

  test("lets each line and box be followed by pointer, tap and key", () => {
    for (const graph of graphs) {
      const drawn = drawing(graph).markup;
      const classes = [...drawn.matchAll(/<g class="call of-(\d+) of-(\d+)" tabindex="0"/g)];
      const boxes = [...drawn.matchAll(/<g class="party-(\d+)" tabindex="0"/g)].map(([, number]) => number);
      expect(classes).toHaveLength(drawn.match(/class="call /g)?.length ?? 0);
      expect(new Set(classes.flatMap(([, from, to]) => [from, to]))).toEqual(new Set(boxes));
      for (const box of boxes) {
        expect(followStyle(boxes.length)).toContain(
          `.drawing:has(.party-${box}:is(:hover,:focus)) .call:not(.of-${box})`,
        );
      }
    }
  });
});

function call(from: string, to: string): Call {
  return { from, to, ports: [1], purpose: "own" };
}

test("parties stand beside those that they call, so that lines do not cross", () => {
  const parties = ["a", "b", "c", "z", "y", "x"].map((id): Party => ({ id, name: id, role: "service" }));
  const layers = layersOf(parties, [call("a", "x"), call("b", "y"), call("c", "z")]);
  const [callers = [], called = []] = layers.map((layer) => layer.map(({ id }) => id));
  expect(called).toEqual(callers.map((id) => ({ a: "x", b: "y", c: "z" })[id]));
});

test("callers stand to the left of what they call, circles or not", () => {
  const party = (id: string, isOutside = false): Party => ({
    id,
    name: id,
    role: isOutside ? "outside" : "service",
  });
  const parties = [party("api"), party("store"), party("users", true), party("internet", true)];
  const calls = [call("users", "api"), call("api", "store"), call("store", "api"), call("api", "internet")];
  const layers = layersOf(parties, calls).map((layer) => layer.map(({ id }) => id));
  expect(layers[0]).toEqual(["users"]);
  expect(layers.at(-1)).toEqual(["internet"]);
  expect(layers.flat().toSorted()).toEqual(["api", "internet", "store", "users"]);
});
