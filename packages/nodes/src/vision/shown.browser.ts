import { TroupeError } from "@troupe/core";

/** A browser opens no media, so that there is no image to show. @throws TroupeError `NODE_ONLY` */
export async function shown(): Promise<never> {
  throw new TroupeError("NODE_ONLY", "Images are shown to models only in Node, and this is a browser", {
    hint: "Run this part in Node, and hand the page what it gives.",
  });
}
