import type { Value } from "../value";
import { isSecretName } from "./names";
import { isOpaque } from "./values";

/**
 * Addresses with a password, and the forms that drivers accept; each with a mark that every such text
 * contains.
 */
const addresses: readonly (readonly [mark: string, pattern: RegExp])[] = [
  ["://", /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"'<>]*:(?<password>[^\s@"'<>]+)@(?<host>[^\s:/@"'?]*)/gi],
  ["@", /\b[\w.-]+:(?<password>[^\s:@/]+)@(?:tcp|unix)\(/gi],
  ["jdbc:oracle", /\bjdbc:oracle:thin:[\w.-]+\/(?<password>[^\s@]+)@/gi],
  ["=", /[?&;](?:ssl)?(?:password|passwd|pwd|access_token|api_?key|token|secret)=(?<password>[^\s&;"']+)/gi],
];

/** Reserved example hosts. */
const example = /(^|\.)example(\.(com|net|org))?$|\.(example|invalid)$/i;

/** Whether a text holds an address with a password in it. */
export function addressIn(text: string): boolean {
  return addresses.some(
    ([mark, pattern]) =>
      text.includes(mark) &&
      [...text.matchAll(pattern)].some(({ groups = {} }) => {
        const { password = "", host = "" } = groups;
        return !example.test(host) && !/^(\$|%|\{|<|\*+$|x{3,}$|\.{3})|\$\{|\$\(|\{\{/i.test(password);
      }),
  );
}

/** Commands with a password: what follows the option. */
const orders: readonly RegExp[] = [
  /\bAuthorization["']?(?:\s*[:=,]\s*|[ \t]+)["']?(?:Bearer|Basic|Token)\s+(?<value>[^\s"'$<{]{8,})/gi,
  /\b(?:curl|wget)\b[^\n]*\s(?:-u|--user)[ =]["']?[^\s:"'$]+:(?<value>[^\s"'$]+)/gi,
  /\b(?:mysql|mysqldump|mariadb|mysqladmin)\b[^\n|]*\s-p(?<value>[^\s"'$-][^\s"']*)/g,
  /\bredis-cli\b[^\n|]*\s(?:-a|--pass)[ =]["']?(?<value>[^\s"'$]+)/gi,
  /\bsshpass\s+-p\s*["']?(?<value>[^\s"'$]+)/gi,
];

/** A quick test for commands. */
const mayOrder = /authorization|curl|wget|mysql|maria|redis-cli|sshpass/i;

/** Whether a command that is given word by word has a password in it. */
export function orderIn(words: readonly Value[]): boolean {
  const text = words.filter((word) => typeof word === "string").join(" ");
  return mayOrder.test(text) && orders.some((pattern) => holds(text, pattern));
}

/** Each with a mark that every match contains. `name=value` anywhere, and `name: value` on a line of its own, in quotes or without spaces. */
const settings: readonly (readonly [mark: string, pattern: RegExp])[] = [
  [
    "=",
    /(?<![\w$.-])(?:--?)?(?<name>[A-Za-z_][\w.-]*)["']?\s?=\s?(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"'`;&,|)}\]]+))/g,
  ],
  [
    ":",
    /(?:^|[\n,]|(?<!\$)\{)[ \t]*(?:- )?["']?(?<name>[A-Za-z][\w.-]*)["']?[ \t]*:[ \t]*(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"'`;,}\]]+))(?=[ \t]*(?:[\n,}]|#|$))/g,
  ],
  [
    "-",
    /(?:^|\s)--?(?<name>[a-z][\w-]*)[ \t]+(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"'`;&,|)}\]-][^\s"'`;&,|)}\]]*))/g,
  ],
];

/** Credential files without names: `.netrc` and `.pgpass`. */
const files: readonly RegExp[] = [
  /\b(?:machine\s+\S+|default)\s+login\s+\S+\s+password\s+(?<value>\S+)/g,
  /^(?:[\w.-]+|\*):(?:\d+|\*):(?:[\w-]+|\*):(?:[\w-]+|\*):(?<value>\S+)$/gm,
];

/** A name and a value in JSON or YAML, as in lists of variables. */
const pairs: readonly RegExp[] = [
  /(?<![\w-])["']?(?:name|key|Name|Key)["']?[ \t]*:[ \t]*["']?(?<name>[A-Za-z_][\w.-]*)["']?\s*[,\n]\s*["']?[vV]alue["']?[ \t]*:[ \t]*(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"'{[,}\]]+))/g,
  /(?<![\w-])["']?[vV]alue["']?[ \t]*:[ \t]*(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"'{[,}\]]+))\s*[,\n]\s*["']?(?:name|key|Name|Key)["']?[ \t]*:[ \t]*["']?(?<name>[A-Za-z_][\w.-]*)/g,
];

/** A name and a value in XML: elements beside each other, attributes, and an element of that name. */
const marked: readonly RegExp[] = [
  /<name>\s*(?<name>[A-Za-z_][\w.-]*)\s*<\/name>\s*<value>\s*(?<bare>[^<\s]+)\s*<\/value>/g,
  /\b(?:name|key)\s*=\s*"(?<name>[A-Za-z_][\w.-]*)"\s+value\s*=\s*"(?<double>[^"\n]*)"/g,
  /<(?<name>[A-Za-z_][\w.-]*)>\s*(?<bare>[^<\s]+)\s*<\/\k<name>>/g,
];

/** A quick test for names: most texts do not match it. */
const mayName = /pass|pwd|secret|token|key|credential|authorization|bearer|redis-cli|mysql|maria|curl|wget/i;

/** A quick test for such files. */
const mayBeFile = /\blogin\s|:(\d+|\*):/;

/** Why a configuration, a script or an argument contains a secret. */
export function settingIn(text: string): string | undefined {
  if (text.length < 5) return undefined;
  if (mayBeFile.test(text) && files.some((pattern) => holds(text, pattern))) return "a password";
  if (!mayName.test(text)) return undefined;
  const inXml = text.includes("</") || text.includes("/>") ? namedIn(text, marked) : undefined;
  if (inXml !== undefined) return inXml;
  const beside = /value/i.test(text) ? namedIn(text, pairs) : undefined;
  if (beside !== undefined) return beside;
  for (const line of text.split("\n")) {
    const found = mayName.test(line) ? settingInLine(line) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function settingInLine(text: string): string | undefined {
  if (mayOrder.test(text) && orders.some((pattern) => holds(text, pattern))) return "a password";
  return namedIn(
    text,
    settings.flatMap(([mark, pattern]) => (text.includes(mark) ? pattern : [])),
  );
}

function holds(text: string, pattern: RegExp): boolean {
  return [...text.matchAll(pattern)].some(({ groups = {} }) => isOpaque(groups.value ?? ""));
}

function namedIn(text: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    for (const { groups = {} } of text.matchAll(pattern)) {
      const { name = "", double, single, bare } = groups;
      if (isSecretName(name) && isLiteral(double ?? single ?? bare ?? ""))
        return `${name}, a secret by its name`;
    }
  }
  return undefined;
}

/** Numbers in a text are seldom secrets. */
function isLiteral(value: string): boolean {
  return value.length >= 4 && isOpaque(value) && !/^\d+[a-z]?$/.test(value) && !/^[=~!<>]/.test(value);
}
