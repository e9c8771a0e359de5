import { TroupeError } from "@troupe/core";
import { type Address, addressOf } from "../address.js";

/** Where the hub is: `$HF_ENDPOINT` for a mirror, in plain HTTP only where that says so. Throws HUB_UNREACHABLE, and repeats no secrets. */
export function hubAddress(): Address {
  const named = process.env.HF_ENDPOINT || "https://huggingface.co";
  if (URL.canParse(named) && /^https?:$/.test(new URL(named).protocol)) return addressOf(new URL(named));
  throw new TroupeError("HUB_UNREACHABLE", "HF_ENDPOINT is no https or http URL", { hint: "Write HF_ENDPOINT=https://mirror.example.org" });
}
