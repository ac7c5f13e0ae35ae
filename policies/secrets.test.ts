import { secretIn } from "./secrets";

const pem = "-----BEGIN EC PRIVATE KEY-----\nMHc";

test.each([
  ["PASSWORD", "hunter2", "a secret by its name"],
  ["DB_PASSWORD", "hunter2", "a secret by its name"],
  ["adminPassword", "hunter2", "a secret by its name"],
  ["PGPASSWORD", "hunter2", "a secret by its name"],
  ["MYSQL_PWD", "hunter2", "a secret by its name"],
  ["REDISCLI_AUTH", "hunter2", "a secret by its name"],
  ["OPENAI_API_KEY", "sk-1", "a secret by its name"],
  ["DATABASE_URL", "postgres://app:hunter2@db:5432/app", "an address with a password in it"],
  ["url", "redis://:hunter2@redis:6379", "an address with a password in it"],
  ["tls.key", pem, "a private key"],
  ["id", "AKIAIOSFODNN7EXAMPLE", "an AWS access key"],
])("%s=%s is %s", (name, text, what) => {
  expect(secretIn(name, text)).toBe(what);
});

test.each([
  ["HF_TOKEN_PATH", "/etc/token"],
  ["TOKEN", "/etc/token"],
  ["PASSWORD", ""],
  ["PASSWORD", "$(DATABASE_PASSWORD)"],
  ["TOKENIZER", "gpt"],
  ["DATABASE_URL", "postgres://app:$(PASSWORD)@db:5432/app"],
  ["DATABASE_URL", "postgres://db:5432/app"],
  ["SECRET_NAME", "app"],
  ["existingSecret", "grafana-admin"],
  ["existingSecretSecretKey", "key"],
  ["existingXsrfSecret", "harbor"],
  ["checksum/token", "1a2b3c"],
  ["automountToken", "true"],
])("%s=%s is none", (name, text) => {
  expect(secretIn(name, text)).toBeUndefined();
});
