import { secretManifestIn } from "./manifests";
import { isPasswordName, isSecretName } from "./names";
import { mayBeShape, shapes } from "./shapes";
import { addressIn, settingIn } from "./texts";
import { isOpaque } from "./values";

/** Why a value under a name is a secret: by its name, its form or its text; undefined for anything else. */
export function secretIn(name: string, value: string | number): string | undefined {
  if (typeof value === "number") {
    return isPasswordName(name) && value >= 1000 ? "a secret by its name" : undefined;
  }
  const shape = shapeOf(value) ?? shapeOf(decoded(value));
  if (shape !== undefined) return shape;
  const isNumber = /^\d+$/.test(value);
  const isByName = isNumber
    ? isPasswordName(name) && value.length >= 4
    : isSecretName(name) && isOpaque(value);
  return isByName ? "a secret by its name" : (settingIn(value) ?? secretManifestIn(value));
}

/** The kind of secret that a text is by its form alone. */
export function shapeOf(text: string): string | undefined {
  if (text.length < 12) return undefined;
  const [what] = mayBeShape.test(text) ? (shapes.find(([, pattern]) => pattern.test(text)) ?? []) : [];
  return what ?? (addressIn(text) ? "an address with a password in it" : undefined);
}

/** The decoded base64; empty when the text is not base64. */
function decoded(text: string): string {
  if (text.length < 24 || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return "";
  const plain = Buffer.from(text, "base64").toString("latin1");
  // Text contains no control characters.
  return /[^\t\n\r\x20-\x7e]/.test(plain) ? "" : plain;
}
