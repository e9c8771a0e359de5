import { homedir, userInfo } from "node:os";

/** The user's folder: where a variable of the environment that says so is empty, the one that the system has, as where there is none. */
export const userHome = (): string => homedir() || userInfo().homedir;
