import { isSecretName } from "./names";
import { isOpaque } from "./values";

/** Addresses that hold a password, and the forms in which drivers take one. */
const addresses: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"'<>]*:(?<password>[^\s@"'<>]+)@(?<host>[^\s:/@"'?]*)/gi,
  /\b[\w.-]+:(?<password>[^\s:@/]+)@(?:tcp|unix)\(/gi,
  /\bjdbc:oracle:thin:[\w.-]+\/(?<password>[^\s@]+)@/gi,
  /[?&;](?:ssl)?(?:password|passwd|pwd|access_token|api_?key|token|secret)=(?<password>[^\s&;"']+)/gi,
];

/** Hosts of examples, which nobody has. */
const example = /(^|\.)example(\.(com|net|org))?$|\.(example|invalid)$/i;

/** Whether a text holds an address with a password in it. */
export function addressIn(text: string): boolean {
  if (!/[@=]/.test(text)) return false;
  return addresses.some((pattern) =>
    [...text.matchAll(pattern)].some(({ groups = {} }) => {
      const { password = "", host = "" } = groups;
      return !example.test(host) && !/^(\$|%|\{|<|\*+$|x{3,}$|\.{3})|\$\{|\$\(|\{\{/i.test(password);
    }),
  );
}

/** Orders that are given a password: what comes after the option. */
const orders: readonly RegExp[] = [
  /\bAuthorization\s*[:=]\s*["']?(?:Bearer|Basic|Token)\s+(?<value>[^\s"'$<{]{8,})/gi,
  /\b(?:curl|wget)\b[^\n]*\s(?:-u|--user)[ =]["']?[^\s:"'$]+:(?<value>[^\s"'$]+)/gi,
  /\b(?:mysql|mysqldump|mariadb|mysqladmin)\b[^\n|]*\s-p(?<value>[^\s"'$-][^\s"']*)/gi,
  /\bredis-cli\b[^\n|]*\s(?:-a|--pass)[ =]["']?(?<value>[^\s"'$]+)/gi,
  /\bsshpass\s+-p\s*["']?(?<value>[^\s"'$]+)/gi,
];

/** `name=value` anywhere, and `name: value` on a line of its own, in quotes or without spaces. */
const settings: readonly RegExp[] = [
  /(?<![\w$.-])(?:--?)?(?<name>[A-Za-z][\w.-]*)["']?\s?=\s?(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"'`;&,|)}\]]+))/g,
  /(?:^|[\n,]|(?<!\$)\{)[ \t]*(?:- )?["']?(?<name>[A-Za-z][\w.-]*)["']?[ \t]*:[ \t]*(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"'`;,}\]]+))(?=[ \t]*(?:[\n,}]|#|$))/g,
  /(?:^|\s)--?(?<name>[a-z][\w-]*)[ \t]+(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"'`;&,|)}\]-][^\s"'`;&,|)}\]]*))/g,
];

/** Names that are not looked into further: most texts have none of them. */
const mayName = /pass|pwd|secret|token|key|credential|authorization|bearer|redis-cli|mysql|maria|curl|wget/i;

/** What a configuration, a script or an argument gives away. */
export function settingIn(text: string): string | undefined {
  if (text.length < 5 || !mayName.test(text)) return undefined;
  for (const pattern of orders) {
    for (const { groups = {} } of text.matchAll(pattern)) {
      if (isOpaque(groups.value ?? "")) return "a password";
    }
  }
  for (const pattern of settings) {
    for (const { groups = {} } of text.matchAll(pattern)) {
      const { name = "", double, single, bare } = groups;
      if (isSecretName(name) && isLiteral(double ?? single ?? bare ?? ""))
        return `${name}, a secret by its name`;
    }
  }
  return undefined;
}

/** In a text, numbers are most often of something else. */
function isLiteral(value: string): boolean {
  return value.length >= 4 && isOpaque(value) && !/^\d+[a-z]?$/.test(value) && !/^[=~!<>]/.test(value);
}
