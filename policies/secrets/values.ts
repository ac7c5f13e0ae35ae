/** Words that switch something on or off, or say that there is none. */
const switches =
  /^(true|false|yes|no|on|off|none|null|nil|undefined|disabled?|enabled?|default|auto|automatic|required|optional|never|always|n\/a|string|str|bool|int|number|redacted|masked|hidden|random|generated?)$/i;

/** What stands for a secret that is put in elsewhere: a variable, a template, a word in capitals or brackets. */
const placeholder =
  /\$[({A-Za-z_]|\{\{|^<.*>$|^\[.*\]$|^%.*%?$|^\(.*\)$|^\*+$|^x{3,}$|^\.{3,}$|^[A-Z][A-Z_]{2,}$|^(your|my|insert|replace|enter|put)[-_ ]|replace[-_]?me|^os\.environ|^process\.env|^env(\.|\[|\()|^secret(s|Ref|KeyRef)?[.:]|^(ref|vault|aws|gcp|op|sops|file|arn|projects)(\+\w+)?:/i;

/** A call, or a field of something, in a program. */
const code = /^[a-z_]\w*(\.[a-z_]\w*)*(\(|\[)|^[a-z_]\w*(\.[a-z_]\w*){1,}$/i;

/** Whether a text may be a secret's value. */
export function isOpaque(text: string): boolean {
  const value = text.trim();
  return (
    value !== "" && !switches.test(value) && !isPlaceholder(value) && !isPath(value) && !code.test(value)
  );
}

/** Capitals stand for a secret only where they are no random ones. */
function isPlaceholder(value: string): boolean {
  const [match] = placeholder.exec(value) ?? [];
  return match !== undefined;
}

/** A file, or a place in a tree; what looks random in it may be the secret itself. */
function isPath(value: string): boolean {
  if (!/^(~|\.{0,2}|[A-Za-z]:\\?)?[/\\][^\s]*$|^[\w.@-]+([/\\][\w.@-]+)+$/.test(value)) return false;
  return (
    !isRandom(value.replaceAll(/[/\\]/g, "")) ||
    /^[/.~\w-]*\/(etc|run|var|secrets?|tokens?|keys?|certs?|mnt|vault|tmp|home|opt|usr|data|config)\//.test(
      value,
    )
  );
}

/** Letters in both cases with digits between, and many of them. */
function isRandom(value: string): boolean {
  return value.length >= 20 && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);
}
