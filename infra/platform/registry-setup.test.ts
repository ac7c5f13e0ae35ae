import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { recordServices } from "../../test/support/recorded/services";
import { placed } from "../../test/support/systems";
import { Registry } from "./registry";
import { projectsOf } from "./registry-setup";

const script = join(__dirname, "scripts", "registry-setup.py");

interface Robot {
  readonly id: number;
  readonly name: string;
  readonly [setting: string]: unknown;
}

/** As much of Harbor as the script speaks to: it keeps what it is told, and remembers what it was asked. */
class Harbor {
  readonly projects = new Set<string>();
  readonly calls: string[] = [];
  readonly secrets: unknown[] = [];
  robots: readonly Robot[] = [];
  unhealthy = 0;
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request).then(({ status, content }) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(content === undefined ? "" : JSON.stringify(content));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((started) => this.server.listen(0, "127.0.0.1", started));
    const address = this.server.address();
    if (typeof address !== "object" || address === null) throw new Error("no address");
    return `http://127.0.0.1:${address.port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(
    request: IncomingMessage,
  ): Promise<{ readonly status: number; readonly content?: unknown }> {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://harbor");
    const path = pathname.replace("/api/v2.0", "");
    const body = await bodyOf(request);
    const call = `${request.method} ${path}`;
    if (request.method !== "GET" && request.method !== "HEAD") this.calls.push(call);
    const known = `Basic ${Buffer.from("admin:hunter2").toString("base64")}`;
    if (request.headers.authorization !== known)
      return { status: 401, content: { errors: ["unauthorized"] } };
    if (call === "GET /health") {
      this.unhealthy -= 1;
      return { status: 200, content: { status: this.unhealthy < 0 ? "healthy" : "unhealthy" } };
    }
    if (call === "HEAD /projects") {
      return { status: this.projects.has(searchParams.get("project_name") ?? "") ? 200 : 404 };
    }
    if (call === "POST /projects") {
      this.projects.add(String(body.project_name));
      return { status: 201 };
    }
    if (call === "GET /robots") return { status: 200, content: this.robots };
    if (call === "POST /robots") {
      this.robots = [...this.robots, { ...body, id: 7, name: `robot$${String(body.name)}` }];
      return { status: 201, content: { id: 7 } };
    }
    if (call === "PUT /robots/7")
      this.robots = this.robots.map((robot) => (robot.id === 7 ? { ...robot, ...body } : robot));
    if (call === "PATCH /robots/7") this.secrets.push(body.secret);
    return { status: 200 };
  }
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
}

let harbor: Harbor;
let secrets: string;
let url: string;

beforeEach(async () => {
  harbor = new Harbor();
  url = await harbor.start();
  secrets = mkdtempSync(join(tmpdir(), "registry-"));
  writeFileSync(join(secrets, "HARBOR_ADMIN_PASSWORD"), "hunter2");
  writeFileSync(join(secrets, "robot"), "Aa1generated");
});

afterEach(() => {
  harbor.stop();
  rmSync(secrets, { recursive: true });
});

function run(projects: string): Promise<{ readonly stdout: string }> {
  const env = {
    PATH: process.env.PATH,
    HARBOR_URL: url,
    PROJECTS: projects,
    ROBOT: "pull",
    SECRETS: secrets,
    PATIENCE_SECONDS: "1",
  };
  return promisify(execFile)("python3", [script], { env });
}

const pulls = (namespace: string) => ({
  kind: "project",
  namespace,
  access: [{ resource: "repository", action: "pull" }],
});

test("makes the projects, and a robot that pulls from them and does nothing else", async () => {
  const { stdout } = await run("atlas,aiaas");
  expect([...harbor.projects]).toEqual(["atlas", "aiaas"]);
  expect(harbor.robots).toMatchObject([
    { name: "robot$pull", level: "system", duration: -1, permissions: [pulls("atlas"), pulls("aiaas")] },
  ]);
  expect(harbor.secrets).toEqual(["Aa1generated"]);
  expect(stdout).toContain("2 projects, robot pull: as they should be");
  expect(stdout).not.toContain("hunter2");
});

test("run again, it changes nothing but to set the robot's secret, which Harbor never shows", async () => {
  await run("atlas");
  harbor.calls.length = 0;
  await run("atlas");
  expect(harbor.calls).toEqual(["PATCH /robots/7"]);
});

test("a project more is one more that the robot pulls from", async () => {
  await run("atlas");
  await run("atlas,aiaas");
  expect(harbor.robots).toMatchObject([{ permissions: [pulls("atlas"), pulls("aiaas")] }]);
});

test("waits for Harbor's health, and says what it said when that does not come", async () => {
  harbor.unhealthy = 1000;
  await expect(run("atlas")).rejects.toThrow(/Harbor is not healthy after 1 seconds: 200: .*unhealthy/);
});

test("says what Harbor refuses", async () => {
  writeFileSync(join(secrets, "HARBOR_ADMIN_PASSWORD"), "wrong");
  await expect(run("atlas")).rejects.toThrow(/Harbor is not healthy after 1 seconds: 401/);
});

describe("on a cluster", () => {
  const record = (stack: Readonly<Record<string, unknown>> = {}) =>
    recordServices(
      (site) => {
        new Registry("registry", { site });
      },
      { stack },
    );

  test("a job does it with the robot's generated secret, in a restricted pod that reaches Harbor's API alone", async () => {
    const { find, ofKind } = await record();
    const job = find("Job", "registry-setup");
    expect(job.spec).toMatchObject({
      template: {
        spec: {
          serviceAccountName: "registry-setup",
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            { securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } } },
          ],
        },
      },
    });
    expect(JSON.stringify(job.spec)).toContain('"value":"atlas"');
    const [policy] = ofKind("NetworkPolicy").filter(
      ({ inputs }) => Object(inputs.metadata).name === "registry-setup",
    );
    const { ingress, egress } = Object(policy?.inputs.spec);
    expect({ ingress, peers: egress.map(({ to }: { readonly to: unknown }) => to) }).toEqual({
      ingress: [],
      peers: [
        [expect.objectContaining({ podSelector: { matchLabels: { app: "harbor", component: "core" } } })],
      ],
    });
  });

  test("there is none where no image comes from this registry", async () => {
    const images = { registry: "ghcr.io/atlas-financial" };
    const { ofKind } = await record({ systems: { atlas: { cluster: "aws", images } } });
    expect(ofKind("Job")).toEqual([]);
  });
});

test("projects are those of all systems' images in this registry, wherever they run", () => {
  const images = (registry: string, of = {}) => ({ registry, of });
  const systems = placed({
    atlas: { cluster: "aws", images: images("registry.atlas-financial.com/atlas") },
    aiaas: {
      cluster: "linode",
      images: images("ghcr.io/aiaas", { analytics: "registry.atlas-financial.com/aiaas/analytics:v2" }),
    },
  });
  expect(projectsOf({ systems })).toEqual(["aiaas", "atlas"]);
});
