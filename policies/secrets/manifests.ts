import { yamlIn } from "../kubernetes/yaml";
import { at, entries, isObject, items, type Value } from "../value";
import { shapes } from "./shapes";
import { settingIn } from "./texts";
import { isOpaque } from "./values";

/** What a Secret holds beside its secrets: whom to log in as, and where. */
const open =
  /^(user(-?name)?|login|e-?mail|host(-?name)?|port|(data)?base|db(-?name)?|name|namespace|project|tenant|region|endpoint|server|bucket|type|realm|issuer|(ca|tls)\.crt|.+\.(crt|pub))$/i;

/** An address without a login. */
const address = /^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$/i;

/** What a tool encrypted, or fills in later. */
const closed = /^ENC\[|^AgA|^\{\{|^avp\b|^vault:/i;

/** Why a text is or holds a manifest of a Secret with a value in clear; undefined for anything else. */
export function secretManifestIn(text: string): string | undefined {
  // A quick test: most texts do not name the kind.
  if (!text.includes("Secret") || !/\bkind["']?\s*:\s*["']?(Secret|SecretList)\b(?!\w)/.test(text))
    return undefined;
  for (const document of documentsIn(text)) {
    const found = secretObjectIn(document);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Why an object is a Secret with a value in clear, or a list with one. */
export function secretObjectIn(object: Value): string | undefined {
  for (const item of items(at(object, "items"))) {
    const found = secretObjectIn(item);
    if (found !== undefined) return found;
  }
  if (at(object, "kind") !== "Secret") return undefined;
  const [key] = clearKeysOf(object);
  return key === undefined ? undefined : `a Secret whose "${key}" is in clear`;
}

/** The keys of a Secret whose values are in clear: base64 hides nothing. */
export function clearKeysOf(secret: Value): readonly string[] {
  const plain = entries(at(secret, "stringData"));
  const encoded = entries(at(secret, "data")).map(
    ([key, value]) => [key, typeof value === "string" ? decoded(value) : value] as const,
  );
  return [...plain, ...encoded].filter(([key, value]) => isSecret(key, value)).map(([key]) => key);
}

function isSecret(key: string, value: Value): boolean {
  if (typeof value === "number") return !open.test(key) && value >= 1000;
  if (typeof value !== "string" || open.test(key)) return false;
  const text = value.trim();
  if (text.length < 4) return false;
  // Of a whole file only what has a secret's name or form is one.
  if (text.includes("\n"))
    return settingIn(text) !== undefined || shapes.some(([, shape]) => shape.test(text));
  return isOpaque(text) && !address.test(text) && !closed.test(text);
}

/** The text of base64; placeholders stay as they are. */
function decoded(value: string): string {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(value) && value.length % 4 === 0
    ? Buffer.from(value, "base64").toString("utf8")
    : value;
}

/** None when it is no YAML: a template is, once its marks stand for values. */
function documentsIn(text: string): readonly Value[] {
  const filled = text
    .replaceAll(/^[ \t]*\{\{[^}]*\}\}[ \t]*$/gm, "")
    .replaceAll(/\{\{[^}]*\}\}/g, "$(VALUE)");
  try {
    return yamlIn(filled).filter(isObject);
  } catch {
    return [];
  }
}
