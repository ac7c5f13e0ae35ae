import { listAt, numberAt, textAt } from "../facts/read";

/** The read access to an API server. */
export interface ApiReader {
  /**
   * The answer to a GET.
   *
   * @throws Error with the HTTP status as its `status` when the server refuses
   */
  get(path: string, query?: Readonly<Record<string, string>>): Promise<unknown>;
}

/** Objects in one answer: a large cluster is read in pages. */
const pageSize = "500";

/**
 * Every object at a path that lists objects.
 *
 * @throws what the reader throws
 */
export async function listObjects(api: ApiReader, path: string): Promise<readonly unknown[]> {
  const objects: unknown[] = [];
  let next: string | undefined;
  do {
    const page = await api.get(path, { limit: pageSize, ...(next !== undefined && { continue: next }) });
    objects.push(...listAt(page, "items"));
    next = textAt(page, "metadata", "continue");
  } while (next !== undefined);
  return objects;
}

/** The HTTP status with which an API server refused; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error ? numberAt(error, "status") : undefined;
}
