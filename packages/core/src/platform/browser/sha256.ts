import { sha256 as hashOf } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** The SHA-256 of a text's UTF-8, in hex; a browser's own gives its answers later only. */
export const sha256 = (text: string): string => bytesToHex(hashOf(utf8ToBytes(text)));
