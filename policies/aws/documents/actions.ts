import { matches } from "./patterns";

/** Actions that only read; most of them do not accept resources. */
const reading =
  /^[a-z0-9-]+:(Describe|Get|List|BatchGet|BatchDescribe|Lookup|Search|View|Check|Simulate|Validate)[A-Za-z0-9]*\*?$/i;

/** Actions that return secrets or the data itself. */
const revealing = [
  "apigateway:GET",
  "athena:GetQueryResults",
  "codecommit:GetBlob",
  "codecommit:GetFile",
  "cognito-identity:GetCredentialsForIdentity",
  "dynamodb:BatchGetItem",
  "dynamodb:GetItem",
  "dynamodb:GetRecords",
  "dynamodb:PartiQLSelect",
  "dynamodb:Query",
  "dynamodb:Scan",
  "ec2:GetPasswordData",
  "glacier:GetJobOutput",
  "kinesis:GetRecords",
  "kms:Decrypt",
  "lambda:GetFunction",
  "lightsail:GetInstanceAccessDetails",
  "lightsail:GetRelationalDatabaseMasterUserPassword",
  "rds:DownloadCompleteDBLogFile",
  "redshift:GetClusterCredentials",
  "redshift:GetClusterCredentialsWithIAM",
  "redshift-data:GetStatementResult",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "sqs:ReceiveMessage",
  "ssm:GetParameter",
  "ssm:GetParameterHistory",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "sts:GetFederationToken",
];

/** Services through which an identity can give itself or another more rights. */
const granting = /^(iam|sts|organizations|account|sso|sso-admin|identitystore):/i;

/** Actions that change something and do not accept resources: only `*` can be written for them. */
const withoutResources = [
  "autoscaling-plans:*",
  "aws-marketplace:*",
  "ce:*",
  "cloudwatch:PutMetricData",
  "comprehend:Detect*",
  "cur:*",
  "ec2messages:*",
  "ecr:GetAuthorizationToken",
  "ecr-public:GetAuthorizationToken",
  "elasticmapreduce:ListClusters",
  "kms:GenerateRandom",
  "kms:ListAliases",
  "kms:ListKeys",
  "logs:StopQuery",
  "polly:SynthesizeSpeech",
  "pricing:*",
  "rekognition:Detect*",
  "s3:ListAllMyBuckets",
  "ssm:UpdateInstanceInformation",
  "ssmmessages:*",
  "sts:DecodeAuthorizationMessage",
  "sts:GetCallerIdentity",
  "sts:GetServiceBearerToken",
  "textract:*",
  "translate:TranslateText",
  "transcribe:StartStreamTranscription*",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
  "xray:GetSampling*",
];

/** Actions that append to a log and change nothing that exists. */
const appending = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

/** All actions of one service, or of all services. */
export function isWholeService(action: string): boolean {
  const [service = "", name = "*"] = action.split(":");
  return /[*?]/.test(service) || /^[*?]+$/.test(name);
}

export function onlyLooks(action: string): boolean {
  return reading.test(action) && !reveals(action);
}

/** Whether an action, or one that its pattern includes, returns secrets or data. */
export function reveals(action: string): boolean {
  return revealing.some((one) => matches(action, one));
}

export function grants(action: string): boolean {
  return granting.test(action) && !reading.test(action);
}

export function knowsNoResources(action: string): boolean {
  return withoutResources.some((one) => matches(one, action));
}

export function appends(action: string): boolean {
  return appending.some((one) => one.toLowerCase() === action.toLowerCase());
}
