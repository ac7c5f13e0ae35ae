/** Words that turn something on or off, or mean "none". */
const switches =
  /^(true|false|yes|no|on|off|none|null|nil|undefined|disabled?|enabled?|default|auto|automatic|required|optional|never|always|n\/a|string|str|bool|int|number|redacted|masked|hidden|random|generated?)$/i;

/** Placeholders for a secret: a variable, a template, a word in capitals or brackets. */
const placeholder =
  /\$[({A-Za-z_]|\{\{|^<.*>$|^\[.*\]$|^%.*%?$|^\(.*\)$|^\*+$|^x{3,}$|^\.{3,}$|^[A-Z][A-Z_]{2,}$|^(your|my|insert|replace|enter|put)[-_ ]|replace[-_]?me|^os\.environ|^process\.env|^env(\.|\[|\()|^secret(s|Ref|KeyRef)?[.:]|^(ref|vault|aws|gcp|op|sops|file|arn|projects)(\+\w+)?:/i;

/** A call or a field in a program. */
const code = /^[a-z_]\w*(\.[a-z_]\w*)*(\(|\[)|^[a-z_]\w*(\.[a-z_]\w*){1,}$/i;

/** Whether a text may be a secret's value. */
export function isOpaque(text: string): boolean {
  const value = text.trim();
  return (
    value !== "" && !switches.test(value) && !isPlaceholder(value) && !isPath(value) && !code.test(value)
  );
}

/** Capitals are a placeholder only when they are not random. */
function isPlaceholder(value: string): boolean {
  const [match] = placeholder.exec(value) ?? [];
  return match !== undefined;
}

/** A path; a part that looks random may be the secret itself. */
function isPath(value: string): boolean {
  if (!/^(~|\.{0,2}|[A-Za-z]:\\?)?[/\\][^\s]*$|^[\w.@-]+([/\\][\w.@-]+)+$/.test(value)) return false;
  return (
    !isRandom(value.replaceAll(/[/\\]/g, "")) ||
    /^[/.~\w-]*\/(etc|run|var|secrets?|tokens?|keys?|certs?|mnt|vault|tmp|home|opt|usr|data|config)\//.test(
      value,
    )
  );
}

/** Many letters in both cases with digits between them. */
function isRandom(value: string): boolean {
  return value.length >= 20 && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);
}
