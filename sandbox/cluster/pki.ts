import "reflect-metadata";
import { createPrivateKey, generateKeyPairSync, randomBytes, webcrypto } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";

/** First address of the service range: the `kubernetes` Service. */
export const kubernetesServiceAddress = "10.96.0.1";

/** Counted from the day on which they are made. */
const validYears = 10;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

interface Leaf {
  /** File name without its ending. */
  readonly file: string;
  /** X.509 subject; Kubernetes reads CN as the user and O as the group. */
  readonly subject: string;
  readonly use: "client" | "server" | "peer";
  readonly dnsNames?: readonly string[];
  readonly addresses?: readonly string[];
}

/** Certificates that the cluster's own authority signs. */
const clusterLeaves: readonly Leaf[] = [
  {
    file: "apiserver",
    subject: "CN=kube-apiserver",
    use: "server",
    dnsNames: [
      "localhost",
      "kubernetes",
      "kubernetes.default",
      "kubernetes.default.svc",
      "kubernetes.default.svc.cluster.local",
    ],
    addresses: ["127.0.0.1", kubernetesServiceAddress],
  },
  { file: "admin", subject: "CN=kubernetes-admin, O=system:masters", use: "client" },
  { file: "controller-manager", subject: "CN=system:kube-controller-manager", use: "client" },
  { file: "scheduler", subject: "CN=system:kube-scheduler", use: "client" },
  { file: "kwok", subject: "CN=sandbox:kwok, O=system:masters", use: "client" },
];

/** etcd has an authority of its own, so that no certificate of a cluster's user opens the database. */
const etcdLeaves: readonly Leaf[] = [
  {
    file: "etcd-server",
    subject: "CN=etcd",
    use: "peer",
    dnsNames: ["localhost"],
    addresses: ["127.0.0.1"],
  },
  { file: "etcd-client", subject: "CN=kube-apiserver", use: "client" },
];

const frontProxyLeaves: readonly Leaf[] = [
  { file: "front-proxy-client", subject: "CN=front-proxy-client", use: "client" },
];

/** Writes all keys and certificates of one cluster into `folder`, which is not there: all or none. */
export async function writePki(folder: string): Promise<void> {
  const temporary = `${folder}.new`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  await writeAuthority(temporary, "ca", clusterLeaves);
  await writeAuthority(temporary, "etcd-ca", etcdLeaves);
  await writeAuthority(temporary, "front-proxy-ca", frontProxyLeaves);
  await writeServiceAccountKeys(temporary);
  await rename(temporary, folder);
}

async function writeAuthority(folder: string, name: string, leaves: readonly Leaf[]): Promise<void> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(),
    serialNumber: serialNumber(),
    name: `CN=sandbox ${name}`,
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.digitalSignature,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await writePair(folder, name, certificate, keys.privateKey);
  for (const leaf of leaves) {
    await writeLeaf(folder, leaf, { certificate, key: keys.privateKey });
  }
}

async function writeLeaf(folder: string, leaf: Leaf, authority: Authority): Promise<void> {
  const keys = await generateKeys();
  const usages = {
    client: [x509.ExtendedKeyUsage.clientAuth],
    server: [x509.ExtendedKeyUsage.serverAuth],
    peer: [x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth],
  };
  const names: x509.JsonGeneralNames = [
    ...(leaf.dnsNames ?? []).map((value) => ({ type: "dns" as const, value })),
    ...(leaf.addresses ?? []).map((value) => ({ type: "ip" as const, value })),
  ];
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(),
    serialNumber: serialNumber(),
    subject: leaf.subject,
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(usages[leaf.use]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
    ],
  });
  await writePair(folder, leaf.file, certificate, keys.privateKey);
}

async function writePair(
  folder: string,
  name: string,
  certificate: x509.X509Certificate,
  key: webcrypto.CryptoKey,
): Promise<void> {
  await writeFile(join(folder, `${name}.crt`), `${certificate.toString("pem")}\n`, { mode: 0o600 });
  await writeFile(join(folder, `${name}.key`), await privateKeyPem(key), { mode: 0o600 });
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ format: "pem", type: "pkcs8" })
    .toString();
}

/** Signs and checks the tokens of service accounts. */
async function writeServiceAccountKeys(folder: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await writeFile(join(folder, "service-account.key"), privateKey.export({ format: "pem", type: "sec1" }), {
    mode: 0o600,
  });
  await writeFile(join(folder, "service-account.pub"), publicKey.export({ format: "pem", type: "spki" }));
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

/** Valid since long ago: who reads a certificate may have another clock than who made it. */
function validity(): { readonly notBefore: Date; readonly notAfter: Date } {
  const notBefore = new Date("2020-01-01T00:00:00Z");
  const notAfter = new Date();
  notAfter.setFullYear(notAfter.getFullYear() + validYears);
  return { notBefore, notAfter };
}

/** Positive and unique, as X.509 asks. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8(0x40 | (bytes.readUInt8(0) & 0x3f), 0);
  return bytes.toString("hex");
}
