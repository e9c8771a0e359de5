import { resolve } from "node:path";

/** What Python, its loader and its libraries need of the environment to start at all. */
const needed =
  /^(PATH|PATHEXT|HOME|USER|LOGNAME|USERPROFILE|HOMEDRIVE|HOMEPATH|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|TEMP|TMP|TMPDIR|TZ|LANG|LANGUAGE|LC_\w+|LD_LIBRARY_PATH|PROCESSOR_ARCHITECTURE|NUMBER_OF_PROCESSORS)$/;

/** What pip needs beside it to reach the index that the user chose: its own settings, its settings' files and cache, proxies, certificates. */
const ofPip =
  /^(PIP_\w+|XDG_CONFIG_HOME|XDG_CONFIG_DIRS|XDG_CACHE_HOME|APPDATA|LOCALAPPDATA|PROGRAMDATA|NETRC|(HTTP|HTTPS|ALL|NO)_PROXY|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE)$/;

/** Those that hold a path, or paths and URLs with blanks between them: meant from where the user stands. */
const path = /^(\w+_(FILE|DIR|CERT|BUNDLE)|NETRC)$/;
const paths = /^PIP_(FIND_LINKS|CONSTRAINT)$/;

/** The environment that Python is started with: what it needs, and no keys. What `pip` needs goes only to what runs pip. */
export function pythonVariables(pip: boolean): NodeJS.ProcessEnv {
  const passes = (name: string) => needed.test(name) || (pip && ofPip.test(name));
  const passed = Object.entries(process.env).filter(([name]) => passes(name.toUpperCase()));
  const given = passed.map(([name, value = ""]) => [name, absolute(name.toUpperCase(), value)]);
  return { ...Object.fromEntries(given), HF_HUB_OFFLINE: "1" };
}

function absolute(name: string, value: string): string {
  if (path.test(name)) return value && resolve(value);
  if (!paths.test(name)) return value;
  return value.replace(/\S+/g, (one) => (one.includes("://") ? one : resolve(one)));
}
