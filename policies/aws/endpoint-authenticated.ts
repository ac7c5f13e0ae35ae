import { everywhere } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

/**
 * Properties that say who may call, and the value that means everybody: a key that is in each client's code
 * is known to all.
 */
const open: Readonly<Record<string, RegExp>> = {
  aclName: /^open-access$/,
  allowUnauthenticatedIdentities: /^true$/,
  anonymousAuthEnabled: /^true$/,
  authenticationType: /^API_KEY$/,
  authorization: /^NONE$/,
  authorizationType: /^NONE$/,
  noPasswordRequired: /^true$/,
  type: /^no-password-required$/,
  unauthenticated: /^true$/,
};

export const endpointAuthenticated: ResourcePolicy = {
  id: "aws-endpoint-authenticated",
  scope: "resource",
  what: "APIs, functions, brokers and caches ask who calls.",
  why: "An address that answers everybody is found in the certificates' public logs on the day that it gets its name.",
  severity: "high",
  standards: ["PCI-DSS 4: 7.2.1, 8.2.1", "K6"],
  remediation:
    "Set authorization or authorizationType to AWS_IAM, JWT, CUSTOM or COGNITO_USER_POOLS; a method that only answers OPTIONS needs none.",
  appliesTo: (type) => type.startsWith("aws:"),
  *validate({ type, properties }) {
    // Browsers send a preflight request without credentials.
    const method = at(properties, "httpMethod");
    const route = at(properties, "routeKey");
    if (method === "OPTIONS" || method === unknown || route === unknown) return;
    if (typeof route === "string" && route.startsWith("OPTIONS ")) return;
    for (const { path, key, value } of everywhere(properties)) {
      if (!Object.hasOwn(open, key) || value === unknown || !open[key]?.test(String(value))) continue;
      yield `${path} is ${String(value)}, so everybody may call it: ask who calls.`;
    }
    if (/^aws:apigatewayv2\/route:/.test(type) && at(properties, "authorizationType") === undefined) {
      yield "authorizationType is not set, so everybody may call it: ask who calls.";
    }
  },
};
