/** What the process ends with; docs/cli.md and `troupe --help` tell them too. */
export const exitCode = {
  ok: 0,
  /** A run failed, a check found issues, or the doctor misses something that is required. */
  failed: 1,
  /** The command line was used wrongly. */
  usage: 2,
  /** Ctrl-C: 128 and the signal's number. */
  interrupted: 130,
  /** SIGTERM. */
  terminated: 143,
} as const;

/** Errors that say that the command line was used wrongly. */
const usage = new Set([
  "ARGUMENT_EXTRA",
  "ARGUMENT_MISSING",
  "COMMAND_UNKNOWN",
  "COMPARE_CHANGED",
  "CONFIG_INVALID",
  "EXAMPLES_INVALID",
  "EXPORT_UNKNOWN",
  "FILE_MISSING",
  "FLAG_UNKNOWN",
  "FLAG_VALUE",
  "GRAPH_UNREADABLE",
  "INPUT_MISSING",
  "INPUT_UNKNOWN",
  "INPUT_UNREADABLE",
  "MEDIA_MISSING",
  "MODEL_UNKNOWN",
  "MODEL_URL",
  "MODULE_UNTRUSTED",
  "NO_TEAM",
  "OPTION_INVALID",
  "PROVIDER_UNKNOWN",
  "QUESTION_INVALID",
  "SUITE_INVALID",
  "THREAD_UNKNOWN",
]);

export const exitCodeOf = (code: string): number => (usage.has(code) ? exitCode.usage : exitCode.failed);
