import { placeholderIn } from "./placeholders";

test.each([
  ["203.0.113.0/24", "address"],
  ["198.51.100.7/32", "address"],
  ["192.0.2.255", "address"],
  ["2001:db8::7/128", "address"],
  ["2001:0db8:1::/48", "address"],
  ["3fff:1::/32", "address"],
  ["123456789012", "account"],
  ["arn:aws:iam::111122223333:role/admin", "account"],
  ["000000000000", "account"],
  ["api.aiaas.example.com", "name"],
  ["api.yourdomain.com", "name"],
  ["models.invalid", "name"],
  ["registry.example.com/aiaas", "place"],
  ["registry.example.com:5000/aiaas", "place"],
  ["oci://registry.example.org/charts", "place"],
  ["https://mirror.example.net/manifests", "place"],
  ["platform@example.com", "mailbox"],
])("%s is a placeholder: %s", (text, kind) => {
  expect(placeholderIn(text)?.kind).toContain(kind);
});

test.each([
  "81.2.69.0/24",
  "203.0.112.255/32",
  "203.0.114.0/24",
  "10.20.0.0/16",
  "2a01:7e00::/32",
  "481516234209",
  "1234567890123",
  "arn:aws:iam::481516234209:role/platform-admin",
  "ai.atlas-financial.com",
  "counterexample.com",
  "my-example.com",
  "example.com.au",
  "latest.tested",
  "test",
  "platform@atlas-financial.com",
  "openai/gpt-oss-120b",
])("%s is none", (text) => {
  expect(placeholderIn(text)).toBeUndefined();
});
