import { isObject, unknown, type Value, type Values } from "../value";
import { yamlIn } from "./yaml";

/** A setting that turns off the verification of certificates where credentials or trust are at stake. */
export interface Unverified {
  readonly path: string;
  readonly value: string;
}

/** What is known of the object that holds the settings. */
export interface Holder {
  /** Whether it only scrapes: without a login, an impostor gets nothing by it. */
  readonly scrapes: boolean;
  /** Whether `insecure` by itself means that anybody may answer, as for sources of code. */
  readonly isSource: boolean;
}

/** The settings of an object, texts of configuration included, that turn verification off. */
export function unverifiedIn(properties: Value, holder: Holder): readonly Unverified[] {
  const found: Unverified[] = [];
  if (isObject(properties)) search(properties, undefined, holder, found);
  return found;
}

/** The way to an object; its text is needed only where something is found. */
interface Place {
  readonly above: Place | undefined;
  /** The key in the object above, with the index in a list. */
  readonly step: string;
  readonly key: string;
  readonly holder: Values;
}

/** What describes an object, and is not its setting. */
const described = new Set(["status", "openAPIV3Schema", "managedFields", "labels"]);

function search(value: Values, place: Place | undefined, holder: Holder, found: Unverified[]): void {
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === null || item === undefined || item === unknown || described.has(key)) continue;
    if (Array.isArray(item)) {
      const list: readonly Value[] = item;
      for (const [index, one] of list.entries()) {
        if (isObject(one))
          search(one, { above: place, step: `${key}[${index}]`, key, holder: value }, holder, found);
      }
    } else if (isObject(item)) {
      search(item, { above: place, step: key, key, holder: value }, holder, found);
    } else {
      const text = String(item);
      const here: Place = { above: place, step: key, key, holder: value };
      if (isOff(key, text, place?.key ?? "", holder) && matters(here, holder)) {
        found.push({ path: pathOf(here), value: text });
      } else if (mayHold.test(text) && text.length > 8) searchText(text, here, holder, found);
    }
  }
}

/** A quick test: every text of configuration that turns verification off matches it. */
const mayHold =
  /(skip|disable|ignore)[-_.]?(tls|ssl|cert|verif)|(tls|ssl|certificate)[-_.]?(skip|verif|insecure)|verif\w*[-_.]?(tls|ssl|cert|mode|ca\b)|insecure[-_.]?(skip|tls)|reject_?unauth|allow_?invalid|trust_?server|identification\.algorithm|\bverify\s*[:=]|tlsClientConfig/i;

/** A line of a setting: `key value`, `key = value` or `key: value`. */
const line = /^[ \t]*["']?([\w./-]+)["']?[ \t]*(?:[=:]|[ \t])[ \t]*["']?([\w-]*)["']?[ \t]*,?[ \t]*$/gm;

function searchText(text: string, place: Place, holder: Holder, found: Unverified[]): void {
  const documents = /^\s*(\{|---|[\w"'][^\n=[\]]*:(\s|$))/.test(text) ? yamlIn(text).filter(isObject) : [];
  for (const document of documents) search(document, place, holder, found);
  if (documents.length > 0) return;
  for (const [, key = "", value = ""] of text.matchAll(line)) {
    const here: Place = { above: place, step: key, key, holder: {} };
    if (isOff(key, value, "", holder) && matters(here, holder)) found.push({ path: pathOf(here), value });
  }
}

type Switch = "skips" | "verifies" | "verifies in TLS" | "names hosts" | "insecure" | "no";

/** Cached: the same few hundred names recur. */
const switches = new Map<string, Switch>();

function switchOf(key: string): Switch {
  const known = switches.get(key);
  if (known !== undefined) return known;
  // `tls.verify`, `tls_verify` and `konghq.com/tls-verify` are one.
  const name = key
    .slice(key.lastIndexOf("/") + 1)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
  const found = kindOf(name);
  switches.set(key, found);
  return found;
}

function kindOf(name: string): Switch {
  if (
    /(skip|disable)(tls|ssl|(server)?cert(ificate)?s?)(verify|verification|validation|check)$/.test(name) ||
    /^(tls|ssl|insecure|tlsinsecure|sslinsecure)?skipverif(y|ication)$|insecureskip(tls)?verif(y|ication)$/.test(
      name,
    ) ||
    /(allowinvalid(tls|ssl)?cert(ificate)?s|allowinvalidhostnames)$|(insecuretls|tlsinsecure)$/.test(name) ||
    /ignore(tls|ssl)?cert(ificate)?s?(errors)?$|ignore(tls|ssl)errors$|trustservercertificate$/.test(name) ||
    /insecureignorehostkey$|insecureociforcehttp$/.test(name)
  ) {
    return "skips";
  }
  if (
    /((tls|ssl)verif(y|ication)(mode|peer|server|host(name)?)?|verify(tls|ssl|cert(ificate)?s?|ca|peer)|validatecerts?|verificationmode|rejectunauthorized)$/.test(
      name,
    )
  )
    return "verifies";
  if (name === "verify") return "verifies in TLS";
  if (name.endsWith("sslendpointidentificationalgorithm")) return "names hosts";
  return name === "insecure" ? "insecure" : "no";
}

function isOff(key: string, value: string, above: string, holder: Holder): boolean {
  const found = switchOf(key);
  if (found === "no") return false;
  const isYes = /^(true|yes|on|1)$/i.test(value);
  const isNo = /^(false|no|off|none|0)$/i.test(value);
  if (found === "skips") return isYes;
  if (found === "verifies") return isNo;
  if (found === "verifies in TLS") return isNo && /tls|ssl/i.test(above);
  if (found === "names hosts") return value === "";
  return isYes && (holder.isSource || /^tlsClientConfig$/i.test(above));
}

/** How a scraper logs in, in the words of its operators and of Prometheus itself. */
const logins =
  /^(bearer_?token(_?file|_?secret)?|authorization|basic_?auth|oauth2|sigv4|http_headers|params?)$/i;

/** Whether an impostor gets something by it: all but a scraper without a login gives a secret away, or trusts. */
function matters(place: Place, { scrapes }: Holder): boolean {
  const way = placesOf(place);
  if (!scrapes && !way.some(({ key }) => /monitor$|^scrape_?configs?$/i.test(key))) return true;
  return way
    .slice(-3)
    .some(({ holder }) =>
      Object.entries(holder).some(
        ([key, value]) => logins.test(key) && value !== null && value !== unknown && value !== "",
      ),
    );
}

function placesOf(place: Place | undefined): readonly Place[] {
  return place === undefined ? [] : [...placesOf(place.above), place];
}

function pathOf(place: Place): string {
  return placesOf(place)
    .map(({ step }, index) => (/^[\w[\]]+$/.test(step) ? `${index > 0 ? "." : ""}${step}` : `["${step}"]`))
    .join("");
}
