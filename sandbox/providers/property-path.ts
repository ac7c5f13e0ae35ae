/** A property path in pieces: keys of objects, indices of lists. */
export type PropertyPath = readonly (string | number)[];

/** Splits `spec.ports[0].port` and `metadata.labels["a.b/c"]`; `[*]` becomes the piece `*`. */
export function parsePath(path: string): PropertyPath {
  const pieces: (string | number)[] = [];
  for (const match of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)) {
    const [, quoted, index, plain] = match;
    if (quoted !== undefined) {
      pieces.push(quoted.replace(/\\(.)/g, "$1"));
    } else if (index !== undefined) {
      pieces.push(index === "*" ? "*" : Number(index));
    } else if (plain !== undefined) {
      pieces.push(plain);
    }
  }
  return pieces;
}

/** Writes a path as Pulumi does: keys that are no plain words in brackets and quotes. */
export function formatPath(path: PropertyPath): string {
  return path.reduce<string>((text, piece) => {
    if (typeof piece === "number") {
      return `${text}[${piece}]`;
    }
    if (/^[\w$-]+$/.test(piece)) {
      return text === "" ? piece : `${text}.${piece}`;
    }
    return `${text}["${piece.replace(/["\\]/g, "\\$&")}"]`;
  }, "");
}

/** True when one path holds the other: `spec` and `spec.template`, in either order. `*` stands for any piece. */
export function overlaps(one: PropertyPath, other: PropertyPath): boolean {
  const shared = Math.min(one.length, other.length);
  for (let index = 0; index < shared; index++) {
    if (one[index] !== other[index] && one[index] !== "*" && other[index] !== "*") {
      return false;
    }
  }
  return true;
}
