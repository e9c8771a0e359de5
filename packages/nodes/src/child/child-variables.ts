/** What a program, its loader and its libraries need of the environment to start at all, in capitals. */
const needed =
  /^(PATH|PATHEXT|HOME|USER|LOGNAME|USERPROFILE|USERNAME|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|SHELL|TERM|TEMP|TMP|TMPDIR|TZ|LANG|LANGUAGE|LC_\w+|LD_LIBRARY_PATH|PROCESSOR_ARCHITECTURE|NUMBER_OF_PROCESSORS)$/;

/** The environment that programs are started with: what any program needs, and no keys. */
export const childVariables = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name.toUpperCase())));
