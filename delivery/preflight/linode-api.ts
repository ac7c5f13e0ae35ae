import type { z } from "zod";
import type { PreflightContext } from "./context";

/** Base address of Linode's API. */
export const linodeApi = "https://api.linode.com/v4";

/** A public answer of Linode's API. @throws when it is an error, or differs from the documentation */
export async function linodeAnswer<Shape extends z.ZodType>(
  shape: Shape,
  { get }: PreflightContext,
  path: string,
): Promise<z.infer<Shape>> {
  const { status, body } = await get(`${linodeApi}/${path}`);
  if (status !== 200) throw new Error(`HTTP ${status} from ${linodeApi}/${path}`);
  return shape.parse(JSON.parse(body));
}
