import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { awsNoSecretInClear } from "./no-secret-in-clear";

const resource = (type: string, properties: Values): Sample => ({ type: `aws:${type}`, properties });
const holds = (path: string, what: string): string =>
  `sample: ${path} is or holds ${what}: name a secret of Secrets Manager.`;
const byName = "a secret by its name";

export const awsNoSecretInClearCases: Cases = {
  policy: awsNoSecretInClear,
  catches: [
    {
      name: "in the environment of a function, a build and a task",
      resources: [
        resource("lambda/function:Function", { environment: { variables: { DB_PASSWORD: "hunter2" } } }),
        resource("codebuild/project:Project", {
          environment: { environmentVariables: [{ name: "API_TOKEN", value: "1a2b3c4d" }] },
        }),
        resource("ecs/taskDefinition:TaskDefinition", {
          containerDefinitions: JSON.stringify([
            { environment: [{ name: "url", value: "redis://:hunter2@redis" }] },
          ]),
        }),
        resource("batch/jobDefinition:JobDefinition", {
          containerProperties: JSON.stringify({ environment: [{ name: "DB_PASSWORD", value: "hunter2" }] }),
        }),
      ],
      violations: [
        holds("environment.variables.DB_PASSWORD", byName),
        holds("environment.environmentVariables[0].value", byName),
        holds("containerDefinitions", "an address with a password in it"),
        holds("containerProperties", `DB_PASSWORD, ${byName}`),
      ],
    },
    {
      name: "in a machine's user data, and in a parameter that is none of the secure",
      resources: [
        resource("ec2/launchTemplate:LaunchTemplate", {
          userData: Buffer.from("#!/bin/sh\nexport API_TOKEN=1a2b3c4d\n").toString("base64"),
        }),
        resource("ssm/parameter:Parameter", { name: "/app/db-password", type: "String", value: "hunter2" }),
      ],
      violations: [holds("userData", `API_TOKEN, ${byName}`), holds("value", byName)],
    },
    {
      name: "a database's password",
      resources: [resource("rds/instance:Instance", { username: "app", password: "hunter2" })],
      violations: ["sample: password is set: let AWS make and rotate it by manageMasterUserPassword."],
    },
  ],
  passes: [
    {
      name: "names of secrets, what is kept as one, and a database that makes its password",
      resources: [
        resource("lambda/function:Function", {
          environment: {
            variables: { DB_PASSWORD_ARN: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db" },
          },
        }),
        resource("ssm/parameter:Parameter", {
          name: "/app/db-password",
          type: "SecureString",
          value: "hunter2",
        }),
        resource("secretsmanager/secretVersion:SecretVersion", { secretString: '{"password":"hunter2"}' }),
        resource("rds/instance:Instance", { manageMasterUserPassword: true }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "its role is not known",
        resources: [
          resource("lambda/function:Function", {
            role: unknown,
            environment: { variables: { DB_PASSWORD: "hunter2" } },
          }),
        ],
        violations: [holds("environment.variables.DB_PASSWORD", byName)],
      },
    ],
    passes: [
      {
        name: "not known",
        resources: [
          resource("lambda/function:Function", { environment: { variables: { DB_PASSWORD: unknown } } }),
          resource("rds/instance:Instance", { password: unknown }),
        ],
      },
    ],
  },
  faults: [
    faults.set(faults.template, "userData", "export API_TOKEN=1a2b3c4d"),
    faults.beside(/:Vpc$/, "aws:lambda/function:Function", {
      environment: { variables: { DB_PASSWORD: "hunter2" } },
    }),
    faults.beside(/:Vpc$/, "aws:ecs/taskDefinition:TaskDefinition", {
      containerDefinitions: JSON.stringify([{ environment: [{ name: "DB_PASSWORD", value: "hunter2" }] }]),
    }),
    faults.beside(/:Vpc$/, "aws:rds/instance:Instance", { password: "hunter2" }),
  ],
};
