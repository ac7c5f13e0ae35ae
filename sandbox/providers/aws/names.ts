import { createHash, randomBytes } from "node:crypto";
import type { Request } from "../../clouds/table";
import type { Values } from "../standin";

/** An ARN of a resource that belongs to a region. */
export function regionalArn(
  service: string,
  resource: (request: Request) => string,
): (request: Request) => Values {
  return (request) => ({
    arn: `arn:aws:${service}:${request.region}:${request.account}:${resource(request)}`,
  });
}

/** An ARN of a resource that AWS keeps once for all regions (IAM, CloudFront). */
export function globalArn(
  service: string,
  resource: (request: Request) => string,
): (request: Request) => Values {
  return (request) => ({ arn: `arn:aws:${service}::${request.account}:${resource(request)}` });
}

/** Seventeen hexadecimal digits that follow from a text: ids of what a resource brings with it. */
export function derived(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 17);
}

/** A UUID that follows from a text. */
export function derivedUuid(text: string): string {
  const digits = createHash("sha256").update(text).digest("hex");
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}

/** Makes ids as EC2 does: a prefix and seventeen hexadecimal digits (`vpc-` counts its zero as the first). */
export function prefixed(prefix: string): () => string {
  return () => `${prefix}${randomBytes(8).toString("hex")}`;
}
