/** The candidate that a mistyped word was most likely meant to be; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const best = ranked(word, candidates)[0];
  const furthest = Math.max(1, Math.floor(word.length / 3));
  return best !== undefined && best.distance <= furthest ? best.candidate : undefined;
}

/** All candidates, those most like the word first. */
export function nearestFirst(word: string, candidates: readonly string[]): readonly string[] {
  return ranked(word, candidates).map(({ candidate }) => candidate);
}

function ranked(
  word: string,
  candidates: readonly string[],
): readonly { readonly candidate: string; readonly distance: number }[] {
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(fold(word), fold(candidate)) }))
    .sort((left, right) => left.distance - right.distance);
}

/** Spelling habits that are no mistakes of the key itself: case, `-` and `_`. */
function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, "");
}

/** Levenshtein's distance: insertions, deletions and substitutions that turn one word into the other. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const substitution = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      const insertion = (current[column] ?? 0) + 1;
      const deletion = (previous[column + 1] ?? 0) + 1;
      current.push(Math.min(substitution, insertion, deletion));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
