import type { z } from "zod";
import type { Surroundings } from "./surroundings";

/** Where Linode's API is. */
export const linodeApi = "https://api.linode.com/v4";

/** What Linode's API tells everybody. @throws when it answers with an error, or something else than its documentation has */
export async function linodeAnswer<Shape extends z.ZodType>(
  shape: Shape,
  { get }: Surroundings,
  path: string,
): Promise<z.infer<Shape>> {
  const { status, body } = await get(`${linodeApi}/${path}`);
  if (status !== 200) throw new Error(`HTTP ${status} from ${linodeApi}/${path}`);
  return shape.parse(JSON.parse(body));
}
