const lacking: Readonly<Record<string, string>> = {
  EMFILE: "This process has as many files open as it may: let it close some, or raise the limit (ulimit -n).",
  ENFILE: "This machine has as many files open as it may: close other programs.",
  EAGAIN: "No more processes can be started here: close other programs, or raise the limit (ulimit -u).",
  ENOMEM: "There is too little memory to start it: close other programs.",
};

/** What to do where a program did not start, by the code of that: what the system lacks, or `otherwise`, which is about the program. */
export const unstartedHint = (code: unknown, otherwise: string): string => lacking[String(code)] ?? otherwise;
