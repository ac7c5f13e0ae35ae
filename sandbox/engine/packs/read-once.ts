/**
 * Pulumi's policy SDK deserializes a resource's properties again for every policy that it shows the resource
 * to; for a pack of many policies and a stack of large definitions that is nearly all of the pack's time.
 * Here the result of the first read serves every policy. The message stays the same object during the
 * engine's call, so the memory is freed with it; no policy changes what it is shown.
 */
export function readPropertiesOnce(): void {
  const wire: { deserializeProperties: Read } = require("@pulumi/policy/deserialize");
  const read = wire.deserializeProperties;
  const known = new WeakMap<object, object>();
  wire.deserializeProperties = (message, keepSecrets) => {
    // Only remediations ask for secrets to be kept, and they may change what they are given.
    if (keepSecrets) return read(message, keepSecrets);
    const before = known.get(message);
    if (before) return before;
    const properties = read(message, keepSecrets);
    known.set(message, properties);
    return properties;
  };
}

type Read = (message: object, keepSecrets: boolean) => object;
