import { z } from "zod";
import { entriesAt, isRecord } from "./facts/read";
import type { Plan } from "./plan";

/** Keys under which resources name images. */
const imageKeys: ReadonlySet<string> = new Set(["image", "imageName"]);

const reference = z.string().regex(/^[^/\s]+\.[^/\s]+\/[^@\s]+:[^@\s]+(@sha256:[0-9a-f]{64})?$/);

/** An image as a plan names it. */
export interface NamedImage {
  /** `docker.io/library/redis:8.2`. */
  readonly tagged: string;
  /** `sha256:...`; undefined where the plan names the tag alone. */
  readonly digest: string | undefined;
}

/** The images that a plan's resources name, without those of charts, sorted, each once. */
export function namedImages(plan: Plan): readonly NamedImage[] {
  const found = plan.resources
    .filter(({ type }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/"))
    .flatMap(({ inputs }) => imagesIn(inputs));
  return [...new Set(found)].sort().map((image) => {
    const [tagged = "", digest] = image.split("@");
    return { tagged, digest };
  });
}

function imagesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap(imagesIn);
  }
  if (!isRecord(value)) {
    return [];
  }
  return entriesAt(value).flatMap(([key, one]) => {
    const image = imageKeys.has(key) ? reference.safeParse(one) : undefined;
    return image?.success ? [image.data] : imagesIn(one);
  });
}
