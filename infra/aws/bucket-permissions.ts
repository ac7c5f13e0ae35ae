import * as pulumi from "@pulumi/pulumi";
import type { PrivateBucket } from "./bucket";
import type { Statement } from "./policy";

export interface BucketScope {
  readonly bucket: PrivateBucket;
  /** Key that encrypts the bucket's objects. */
  readonly keyArn: pulumi.Input<string>;
  readonly region: string;
}

/** Reads a bucket's objects and earlier versions of them. */
export function readBucket({ bucket, keyArn, region }: BucketScope): readonly Statement[] {
  return [
    {
      Sid: "ListObjects",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketVersions"],
      Resource: bucket.arn,
    },
    {
      Sid: "ReadObjects",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: pulumi.interpolate`${bucket.arn}/*`,
    },
    useKey("DecryptObjects", ["kms:Decrypt"], keyArn, region),
  ];
}

/**
 * Reads a bucket and adds to it. What is there it may overwrite, which leaves the earlier version, but not delete:
 * that is the lifecycle's business, and so a stolen role cannot destroy backups or models.
 */
export function addToBucket(scope: BucketScope): readonly Statement[] {
  return [
    ...readBucket(scope).filter(({ Sid }) => Sid !== "DecryptObjects"),
    {
      Sid: "AddObjects",
      Action: ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
      Resource: pulumi.interpolate`${scope.bucket.arn}/*`,
    },
    useKey("EncryptObjects", ["kms:Decrypt", "kms:GenerateDataKey"], scope.keyArn, scope.region),
  ];
}

/**
 * Reads folders of a bucket. Names are listed below them only; a call that names no folder is let through, since that is how
 * clients ask whether the bucket, or an object, is there.
 */
export function readFolders(scope: BucketScope, ...folders: readonly string[]): readonly Statement[] {
  return readBucket(scope).flatMap((statement) => {
    const [location = "", ...listing] = [statement.Action].flat();
    switch (statement.Sid) {
      case "ListObjects":
        return [
          { ...statement, Sid: "LocateBucket", Action: location },
          {
            ...statement,
            Action: listing,
            Condition: {
              StringLikeIfExists: { "s3:prefix": folders.flatMap((folder) => [folder, `${folder}/*`]) },
            },
          },
        ];
      case "ReadObjects":
        return [{ ...statement, Resource: objectsBelow(scope, folders) }];
      default:
        return [statement];
    }
  });
}

/** Reads folders of a bucket, and adds to them. */
export function addToFolders(scope: BucketScope, ...folders: readonly string[]): readonly Statement[] {
  return [
    ...readFolders(scope, ...folders).filter(({ Sid }) => Sid !== "DecryptObjects"),
    ...addToBucket(scope).flatMap((statement) => {
      if (statement.Sid === "AddObjects") return [{ ...statement, Resource: objectsBelow(scope, folders) }];
      return statement.Sid === "EncryptObjects" ? [statement] : [];
    }),
  ];
}

function objectsBelow({ bucket }: BucketScope, folders: readonly string[]): pulumi.Output<string>[] {
  return folders.map((folder) => pulumi.interpolate`${bucket.arn}/${folder}/*`);
}

/**
 * Reads, adds and deletes below a folder of a bucket. What is deleted stays as an earlier version until the
 * lifecycle ends it, for versions are not theirs to delete: a mistake, or a stolen role, can be undone.
 */
export function rotateFolder(scope: BucketScope, folder: string): readonly Statement[] {
  return [
    ...addToFolders(scope, folder),
    {
      Sid: "DeleteObjects",
      Action: "s3:DeleteObject",
      Resource: pulumi.interpolate`${scope.bucket.arn}/${folder}/*`,
    },
  ];
}

/** Reads, adds and deletes: for software that manages a bucket's contents itself, such as Loki and Tempo. */
export function manageBucket(scope: BucketScope): readonly Statement[] {
  return [
    ...addToBucket(scope),
    {
      Sid: "DeleteObjects",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: pulumi.interpolate`${scope.bucket.arn}/*`,
    },
    {
      Sid: "TagObjects",
      Action: ["s3:GetObjectTagging", "s3:PutObjectTagging"],
      Resource: pulumi.interpolate`${scope.bucket.arn}/*`,
    },
  ];
}

/** The key only through S3, never directly. */
function useKey(
  Sid: string,
  Action: readonly string[],
  Resource: pulumi.Input<string>,
  region: string,
): Statement {
  return {
    Sid,
    Action,
    Resource,
    Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
  };
}
