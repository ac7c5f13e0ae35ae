import { documentOf } from "./document";
import { evaluate, type Policies, type Request } from "./evaluate";

const account = "123456789012";
const principal = `arn:aws:iam::${account}:role/caller`;

const policy = (...statements: readonly object[]) =>
  documentOf(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
const decide = (
  request: Omit<Request, "principal">,
  identity: readonly object[],
  resource?: readonly object[],
  more: Partial<Policies> = {},
) =>
  evaluate(
    { principal, ...request },
    { identity: [policy(...identity)], ...(resource && { resource: policy(...resource) }), ...more },
  );

const get = { action: "s3:GetObject", resource: "arn:aws:s3:::carlossalzman-logs/a" };

// After the user guide: evaluation logic within one account, and its example of a user with an S3 policy and a bucket's.
describe("within one account", () => {
  const allow = { Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::carlossalzman*" };

  test("without an allow nothing is allowed", () => {
    expect(decide({ ...get, action: "s3:PutObject" }, [allow])).toBe("not allowed");
  });

  test("an allow of the identity is enough", () => {
    expect(decide(get, [allow])).toBe("allowed");
  });

  test("an explicit deny counts more than every allow, wherever it stands", () => {
    const deny = { Effect: "Deny", Action: "s3:*", Resource: "*logs*" };
    expect(decide(get, [allow, deny])).toBe("denied");
    expect(decide(get, [allow], [{ ...deny, Principal: "*" }])).toBe("denied");
    expect(decide({ ...get, resource: "arn:aws:s3:::carlossalzman/a" }, [allow, deny])).toBe("allowed");
  });

  test("an allow of the resource is enough where it names the caller, and not where it names another", () => {
    const grant = (AWS: string) => [
      { Effect: "Allow", Principal: { AWS }, Action: "s3:GetObject", Resource: "*" },
    ];
    const nothing = [{ Effect: "Allow", Action: "ec2:Describe*", Resource: "*" }];
    expect(decide(get, nothing, grant(principal))).toBe("allowed");
    expect(decide(get, nothing, grant(`${principal}-2`))).toBe("not allowed");
    expect(decide(get, nothing, grant(`arn:aws:iam::${account}:root`))).toBe("not allowed");
  });

  test("a key's policy decides whether the account's do", () => {
    const use = { action: "kms:Decrypt", resource: "arn:aws:kms:us-east-1:123456789012:key/1" };
    const identity = [{ Effect: "Allow", Action: "kms:Decrypt", Resource: use.resource }];
    const root = [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ];
    const other = [
      { Effect: "Allow", Principal: { Service: "logs.amazonaws.com" }, Action: "kms:*", Resource: "*" },
    ];
    expect(decide(use, identity, root, { resourceDecides: true })).toBe("allowed");
    expect(decide(use, identity, other, { resourceDecides: true })).toBe("not allowed");
    expect(decide(use, [{ ...identity[0], Action: "kms:Encrypt" }], root, { resourceDecides: true })).toBe(
      "not allowed",
    );
  });
});

// After the user guide: NotAction with Allow and with Deny, NotResource with Deny.
describe("what is left out", () => {
  test("NotAction allows everything but what it names", () => {
    const statement = { Effect: "Allow", NotAction: "s3:DeleteBucket", Resource: "arn:aws:s3:::*" };
    expect(decide(get, [statement])).toBe("allowed");
    expect(decide({ action: "s3:DeleteBucket", resource: "arn:aws:s3:::a" }, [statement])).toBe(
      "not allowed",
    );
  });

  test("NotAction denies everything but what it names, without allowing that", () => {
    const statement = { Effect: "Deny", NotAction: "iam:*", Resource: "*" };
    expect(decide(get, [{ Effect: "Allow", Action: "*", Resource: "*" }, statement])).toBe("denied");
    expect(decide({ action: "iam:GetUser", resource: "*" }, [statement])).toBe("not allowed");
  });

  test("NotResource denies on everything but what it names", () => {
    const home = "arn:aws:s3:::HRBucket/Payroll/*";
    const statements = [
      { Effect: "Allow", Action: "s3:*", Resource: "*" },
      { Effect: "Deny", Action: "s3:*", NotResource: home },
    ];
    expect(decide({ action: "s3:GetObject", resource: "arn:aws:s3:::HRBucket/Payroll/a" }, statements)).toBe(
      "allowed",
    );
    expect(decide({ action: "s3:GetObject", resource: "arn:aws:s3:::HRBucket/a" }, statements)).toBe(
      "denied",
    );
  });
});

// After the user guide: condition operators, several keys and values, IfExists, Null, sets of values.
describe("conditions", () => {
  const under = (Condition: object, context: Request["context"] = {}) =>
    decide({ ...get, context }, [{ Effect: "Allow", Action: "s3:*", Resource: "*", Condition }]) ===
    "allowed";

  test.each([
    ["one of several values", { StringEquals: { "aws:a": ["x", "y"] } }, { "aws:a": "y" }, true],
    ["none of several values", { StringEquals: { "aws:a": ["x", "y"] } }, { "aws:a": "z" }, false],
    ["keys whatever their case", { StringEquals: { "AWS:A": "x" } }, { "aws:a": "x" }, true],
    ["values by their case", { StringEquals: { "aws:a": "X" } }, { "aws:a": "x" }, false],
    ["every key", { StringEquals: { "aws:a": "x", "aws:b": "x" } }, { "aws:a": "x" }, false],
    [
      "every operator",
      { StringEquals: { "aws:a": "x" }, Bool: { "aws:b": "true" } },
      { "aws:a": "x" },
      false,
    ],
    ["a key that is absent", { StringLike: { "s3:prefix": "home/*" } }, {}, false],
    ["a key that is absent, if it exists", { StringLikeIfExists: { "s3:prefix": "home/*" } }, {}, true],
    [
      "another value, if it exists",
      { StringLikeIfExists: { "s3:prefix": "home/*" } },
      { "s3:prefix": "a" },
      false,
    ],
    ["not equal, where the key is absent", { StringNotEquals: { "aws:a": "x" } }, {}, true],
    ["not equal to any", { StringNotEquals: { "aws:a": ["x", "y"] } }, { "aws:a": "y" }, false],
    ["absent by Null", { Null: { "aws:a": "true" } }, {}, true],
    ["present by Null", { Null: { "aws:a": "false" } }, {}, false],
    [
      "any of a set",
      { "ForAnyValue:StringEquals": { "aws:TagKeys": "x" } },
      { "aws:TagKeys": ["x", "y"] },
      true,
    ],
    [
      "all of a set",
      { "ForAllValues:StringEquals": { "aws:TagKeys": "x" } },
      { "aws:TagKeys": ["x", "y"] },
      false,
    ],
    ["all of an empty set", { "ForAllValues:StringEquals": { "aws:TagKeys": "x" } }, {}, true],
    [
      "parts of an ARN by themselves",
      { ArnLike: { "aws:a": "arn:aws:ec2:*:1:vpc/*" } },
      { "aws:a": "arn:aws:ec2:x:1:vpc/v" },
      true,
    ],
    [
      "a star that does not span parts",
      { ArnLike: { "aws:a": "arn:aws:*:vpc/v" } },
      { "aws:a": "arn:aws:ec2:x:1:vpc/v" },
      false,
    ],
  ])("%s", (_, condition, context, expected) => {
    expect(under(condition, context)).toBe(expected);
  });

  test("an operator that is not known is no condition that is met", () => {
    expect(() =>
      under({ DateGreaterThan: { "aws:CurrentTime": "2026-01-01" } }, { "aws:CurrentTime": "x" }),
    ).toThrow('"DateGreaterThan" is no condition operator');
  });
});

test.each([
  ["s3:getobject", "actions whatever their case", true],
  ["s3:Get?bject", "one character", true],
  ["s3:Get.bject", "no regular expressions", false],
  ["s3:GetObjec", "no beginnings", false],
])("%s: %s", (Action, _, expected) => {
  expect(decide(get, [{ Effect: "Allow", Action, Resource: "*" }]) === "allowed").toBe(expected);
});
