/** Names that end in what only a secret is called by; `HF_TOKEN_PATH` says where one lies, and is none. */
const secretName =
  /(^|[^a-z0-9])(password|pgpassword|mysql-pwd|rediscli-auth|passwd|passphrase|secret|token|api-?key|access-?key|secret-?key|private-?key|credentials?)$/i;

/** Names under which charts and manifests name a Secret, and hold none. */
const secretReference = /(^checksum\b|(^|-)(existing-|(from|image|pull|tls|ca)-secret))/i;

/** Texts that are secrets whatever they are called. */
const secretText: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["an address with a password in it", /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:[^\s/@${}()]+@/i],
  ["an AWS access key", /\b(AKIA|ASIA)[A-Z2-7]{16}\b/],
  ["a token of GitHub", /\bgh[pousr]_[A-Za-z0-9]{36}/],
  ["a token of Slack", /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ["a signed token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
];

/** What a text under a name gives away: a secret by its name or by its look; undefined for anything else. */
export function secretIn(name: string, text: string): string | undefined {
  const [what] = secretText.find(([, pattern]) => pattern.test(text)) ?? [];
  if (what !== undefined) return what;
  return isSecretName(name) && isOpaque(text) ? "a secret by its name" : undefined;
}

function isSecretName(name: string): boolean {
  // camelCase and snake_case name things alike.
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").replaceAll("_", "-");
  return secretName.test(words) && !secretReference.test(words);
}

/** Whether a text may be a secret's value: not empty, no switch, no number, no path, and no reference to another variable. */
function isOpaque(text: string): boolean {
  return text !== "" && !/^(true|false|yes|no|\d+|\/.*|.*\$[({].*)$/i.test(text);
}
