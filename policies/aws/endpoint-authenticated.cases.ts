import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { endpointAuthenticated } from "./endpoint-authenticated";

const resource = (type: string, properties: Values): Sample => ({ type: `aws:${type}`, properties });
const open = (path: string, value: string): string =>
  `sample: ${path} is ${value}, so everybody may call it: ask who calls.`;

export const endpointAuthenticatedCases: Cases = {
  policy: endpointAuthenticated,
  catches: [
    {
      name: "APIs and functions that ask nothing",
      resources: [
        resource("apigateway/method:Method", { httpMethod: "ANY", authorization: "NONE" }),
        resource("lambda/functionUrl:FunctionUrl", { functionName: "f", authorizationType: "NONE" }),
        resource("appsync/graphQLApi:GraphQLApi", { authenticationType: "API_KEY" }),
        resource("apigatewayv2/route:Route", { routeKey: "GET /orders" }),
      ],
      violations: [
        open("authorization", "NONE"),
        open("authorizationType", "NONE"),
        open("authenticationType", "API_KEY"),
        "sample: authorizationType is not set, so everybody may call it: ask who calls.",
      ],
    },
    {
      name: "a broker and a pool of identities for everybody",
      resources: [
        resource("msk/cluster:Cluster", { clientAuthentication: { unauthenticated: true } }),
        resource("cognito/identityPool:IdentityPool", { allowUnauthenticatedIdentities: true }),
      ],
      violations: [
        open("clientAuthentication.unauthenticated", "true"),
        open("allowUnauthenticatedIdentities", "true"),
      ],
    },
    {
      name: "caches and domains without logins",
      resources: [
        resource("memorydb/cluster:Cluster", { aclName: "open-access" }),
        resource("elasticache/user:User", { userId: "u", noPasswordRequired: true }),
        resource("elasticache/user:User", { authenticationMode: { type: "no-password-required" } }),
        resource("opensearch/domain:Domain", { advancedSecurityOptions: { anonymousAuthEnabled: true } }),
      ],
      violations: [
        open("aclName", "open-access"),
        open("noPasswordRequired", "true"),
        open("authenticationMode.type", "no-password-required"),
        open("advancedSecurityOptions.anonymousAuthEnabled", "true"),
      ],
    },
  ],
  passes: [
    {
      name: "who calls is asked, and what browsers ask first",
      resources: [
        resource("apigateway/method:Method", { httpMethod: "GET", authorization: "AWS_IAM" }),
        resource("apigateway/method:Method", { httpMethod: "OPTIONS", authorization: "NONE" }),
        resource("apigatewayv2/route:Route", { routeKey: "GET /orders", authorizationType: "JWT" }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its API is not known",
        resources: [
          resource("apigateway/method:Method", {
            restApi: unknown,
            httpMethod: "GET",
            authorization: "NONE",
          }),
        ],
        violations: [open("authorization", "NONE")],
      },
    ],
    passes: [
      {
        name: "how it is asked is not known",
        resources: [resource("apigateway/method:Method", { httpMethod: "GET", authorization: unknown })],
      },
    ],
  },
  faults: [
    faults.beside(/:Vpc$/, "aws:apigateway/method:Method", { httpMethod: "ANY", authorization: "NONE" }),
    faults.beside(/:Vpc$/, "aws:lambda/functionUrl:FunctionUrl", { authorizationType: "NONE" }),
  ],
};
