import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { placeholder, type StackSecret } from "./placeholders";
import { programOf } from "./program";
import { type Project, readStackFile, type StackFile, securePaths } from "./project";
import { hasState, makeFolders, pulumiFolders, settingsDigest } from "./pulumi-folders";

/** The sandbox's state holds nothing that is secret anywhere else; the passphrase only keeps the real code path. */
const passphrase = "sandbox";

/** Keys of a stack file that belong to the real backend's secrets provider. */
const secretsProviderKeys = ["secretsprovider", "encryptedkey", "encryptionsalt"];

/** Variables that point Pulumi at the sandbox's own home and backend, so that it never touches the user's. */
export function pulumiEnvironment(): Record<string, string> {
  return {
    PULUMI_HOME: pulumiFolders.home(),
    // Without a file of checksums beside each file: they are as much work as the state itself, and nothing reads them.
    PULUMI_BACKEND_URL: `file://${pulumiFolders.state()}?metadata=skip`,
    // What a user's shell says of a backend of their own; a compressed state has another name.
    PULUMI_DIY_BACKEND_GZIP: "false",
    PULUMI_DIY_BACKEND_ZSTD: "false",
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // The diff of an object in a cluster is a dry run, for which nothing else need wait.
    PULUMI_PARALLEL_DIFF: "true",
    // The engine writes its whole state after each step: a garbage collector that waits longer saves a
    // quarter of that time.
    GOGC: "400",
  };
}

/**
 * Opens a stack of the project in the sandbox's backend. Works on a copy of the stack file, because Pulumi writes the
 * secrets provider's salt into it and the project's own file belongs to the real backend.
 *
 * @param missing secrets that the stack needs and its file does not have
 */
export async function openStack(
  project: Project,
  stack: string,
  environment: Readonly<Record<string, string>>,
  missing: readonly StackSecret[],
): Promise<Stack> {
  const workDir = pulumiFolders.workspace(project);
  makeFolders(project);
  writeFileSync(join(workDir, "Pulumi.yaml"), stringify({ name: project.name, runtime: "nodejs" }));
  const settings = readStackFile(project, stack);
  const secrets = [
    ...securePaths(settings.config),
    ...missing.map(({ bundle, key }) => `${project.name}:secrets["${bundle}"]["${key}"]`),
  ];
  const digest = createHash("sha256")
    .update(JSON.stringify([settings, secrets]))
    .digest("hex");
  const digestFile = settingsDigest(project, stack);
  const isWritten =
    existsSync(stackFileIn(workDir, stack)) &&
    existsSync(digestFile) &&
    readFileSync(digestFile, "utf8") === digest;
  if (!isWritten) {
    rmSync(digestFile, { force: true });
    writeStackFile(workDir, stack, settings);
  }
  const workspace = await LocalWorkspace.create({
    workDir,
    program: programOf(project.main),
    pulumiCommand: await askForCommand(),
    pulumiHome: pulumiFolders.home(),
    secretsProvider: "passphrase",
    envVars: { ...environment, ...pulumiEnvironment() },
  });
  const opened = await open(workspace, stack, hasState(project, stack));
  leaveResultsUnread(opened);
  if (!isWritten) {
    // The file holds secrets as the engine encrypts them, by one more command: the same settings are not written again.
    const values = secrets.map((path) => [path, { value: placeholder, secret: true }] as const);
    if (values.length > 0) await opened.setAllConfig(Object.fromEntries(values), true);
    writeFileSync(digestFile, digest);
  }
  return opened;
}

/** Every command names its stack, so one that is there need not be selected, which would take a command of its own. */
function open(workspace: LocalWorkspace, stack: string, isThere: boolean): Promise<Stack> {
  if (isThere) workspace.selectStack = async () => undefined;
  return Stack.createOrSelect(stack, workspace);
}

/**
 * The CLI on the PATH. The Automation API asks for its version with nothing but this process's environment, and the CLI would
 * keep a log of that in the user's home.
 */
function askForCommand(): Promise<PulumiCommand> {
  const { PULUMI_HOME } = process.env;
  process.env.PULUMI_HOME = pulumiFolders.home();
  try {
    return PulumiCommand.get({ skipVersionCheck: true });
  } finally {
    if (PULUMI_HOME === undefined) delete process.env.PULUMI_HOME;
    else process.env.PULUMI_HOME = PULUMI_HOME;
  }
}

/**
 * After each run the Automation API reads the stack's outputs and history, by three commands that load the
 * whole state. They are not used here: the summary is made of the engine's events and of one reading of the
 * state.
 */
function leaveResultsUnread(stack: Stack): void {
  stack.outputs = async () => ({});
  stack.info = async () => undefined;
}

function stackFileIn(workDir: string, stack: string): string {
  return join(workDir, `Pulumi.${stack}.yaml`);
}

function writeStackFile(workDir: string, stack: string, settings: StackFile): void {
  const file = stackFileIn(workDir, stack);
  const previous: unknown = existsSync(file) ? parse(readFileSync(file, "utf8")) : {};
  const salt =
    typeof previous === "object" && previous !== null && "encryptionsalt" in previous ? previous : undefined;
  const plain = Object.fromEntries(
    Object.entries(settings).filter(([key]) => !secretsProviderKeys.includes(key)),
  );
  writeFileSync(file, stringify({ ...plain, ...(salt && { encryptionsalt: salt.encryptionsalt }) }));
}
