import { selectsLabels } from "./labels";

const labels = { app: "web", weight: "5" };

test.each([
  ["nothing asked for", {}, true],
  ["a label that is there", { matchLabels: { app: "web" } }, true],
  ["another value", { matchLabels: { app: "api" } }, false],
  ["In", { matchExpressions: [{ key: "app", operator: "In", values: ["api", "web"] }] }, true],
  ["In, without the label", { matchExpressions: [{ key: "tier", operator: "In", values: ["web"] }] }, false],
  ["NotIn", { matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] }, false],
  [
    "NotIn, without the label",
    { matchExpressions: [{ key: "tier", operator: "NotIn", values: ["web"] }] },
    true,
  ],
  ["Exists", { matchExpressions: [{ key: "tier", operator: "Exists" }] }, false],
  ["DoesNotExist", { matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] }, true],
  ["Gt", { matchExpressions: [{ key: "weight", operator: "Gt", values: ["4"] }] }, true],
  ["Lt, without the label", { matchExpressions: [{ key: "size", operator: "Lt", values: ["4"] }] }, false],
  [
    "both parts",
    { matchLabels: { app: "web" }, matchExpressions: [{ key: "app", operator: "DoesNotExist" }] },
    false,
  ],
])("%s", (_, selector, expected) => {
  expect(selectsLabels(selector, labels)).toBe(expected);
});

test("an operator that there is not is refused", () => {
  const selector = { matchExpressions: [{ key: "app", operator: "Like", values: ["w*"] }] };
  expect(() => selectsLabels(selector, labels)).toThrow('"Like" is no operator of a label selector');
});
