/** Ends of names that only secrets have; `HF_TOKEN_PATH` is the path of one and does not match. */
const word =
  "password|pass|pwd|pgpassword|mysql-pwd|rediscli-auth|passwd|passcode|passphrase|secret|token|bearer|api-?key|access-?key|secret-?key(-base)?|private-?key|credentials?|connection-?string";
const keys =
  "(encryption|encrypt|signing|signature|jwt|session|cookie|master|hmac|license|account|storage|shared|subscription|auth|crypto|hash|client|webhook|service|openai|anthropic)-?key";
/** Endings that may follow: which secret it is, or its encoding. */
const suffix =
  "(-?\\d{1,2}|-(prod|production|dev|staging|test|live|primary|secondary|current|previous|old|new|value|plain|text|raw|b64|base64|default))?";
const secretName = new RegExp(`(^|[^a-z0-9])(${word}|${keys})${suffix}$`, "i");

/** Settings about tokens in another sense, or about the form of a secret. */
const otherSense =
  /(^|[^a-z])(eos|bos|pad|padding|unk|unknown|sep|cls|mask|stop|start|end|special|max|min|num|image|continuation|page|next|additional-special|server|csrf-header|cancellation)-tokens?$|(^|-)(automount|mount|use|enable|disable|allow|require|validate|rotate|has|is|no|skip|generate|create)-.*$|(^|[^a-z])(by|one-way|bypass|compass|single-pass|two-pass|multi-pass|proxy-pass)(-pass)?$/i;

/** Names under which charts and manifests refer to a Secret. */
const reference =
  /((^|-)existing-|(^|-)(password|credentials?|from|image|image-pull|pull|tls|ca|cert|certificate|registry|auth|users?|config|login|bucket|admin|root|superuser|storage|database|key|license|backup|importcredentials)-secret$)/i;

/** Names that only passwords have: their values may be numbers. */
const password = /(password|passwd|pass|pwd|passphrase|passcode|secret)(-?\d{1,2})?$/i;

/** Programs use few names, each of them often. */
const answers = new Map<string, boolean>();

export function isSecretName(name: string): boolean {
  const known = answers.get(name);
  if (known !== undefined) return known;
  const answer = readsAsSecret(name);
  answers.set(name, answer);
  return answer;
}

function readsAsSecret(name: string): boolean {
  if (/^checksum\b/i.test(name)) return false;
  const words = wordsOf(name);
  return secretName.test(words) && !otherSense.test(words) && !reference.test(words);
}

export function isPasswordName(name: string): boolean {
  return isSecretName(name) && password.test(wordsOf(name));
}

/** camelCase, snake_case and paths are treated alike. */
function wordsOf(name: string): string {
  return name
    .replace(/^.*[/]/, "")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/[_.]/g, "-");
}
