// Preloaded into web, for what only the server itself knows. Who is at the other end of a connection: told under a
// header name that nobody outside can know, because it is made anew in each process. And how many requests are being answered:
// kept where proxy.ts finds it (server/core/pressure.ts). That a page found no room. And one line in the log for each (server/core/request-log.ts).
import { randomBytes } from "node:crypto";
import { Server } from "node:http";
import { quietConsole } from "../../server/core/quiet-console.ts";
import { logRequest } from "../../server/core/request-log.ts";

const name = `x-peer-${randomBytes(8).toString("hex")}`;
globalThis[Symbol.for("leadwright.peer-header")] = name;
let failedAt = 0;
let lastFailedAt = 0;
const pressure = {
  waiting: 0,
  inFlight: 0,
  get failedAt() {
    return failedAt;
  },
  set failedAt(at) {
    failedAt = at;
    if (at > 0) lastFailedAt = at;
  },
};
globalThis[Symbol.for("leadwright.pressure")] = pressure;

/**
 * A page that was begun and found no connection ends in Next as a 500, with our sentence in it. It is no mistake of ours but a
 * lack of room, and is said as such, so that whoever asks comes back.
 */
function sayNoRoom(response, began) {
  const writeHead = response.writeHead;
  response.writeHead = function writeHeadSaid(status, ...rest) {
    if (status !== 500 || lastFailedAt < began) return writeHead.call(this, status, ...rest);
    this.setHeader("retry-after", "3");
    this.statusCode = 503;
    return writeHead.call(this, 503, ...rest);
  };
}

const emit = Server.prototype.emit;
Server.prototype.emit = function emitWatched(event, request, response, ...rest) {
  if (event === "request") {
    request.headers[name] = request.socket.remoteAddress ?? "";
    if (!request.url?.startsWith("/_next/")) {
      pressure.inFlight += 1;
      if (!request.url?.startsWith("/api/")) sayNoRoom(response, Date.now());
      response.once("close", () => {
        pressure.inFlight -= 1;
      });
      let isHeard = false;
      logRequest(request, response, () => {
        isHeard = emit.call(this, event, request, response, ...rest);
      });
      return isHeard;
    }
  }
  return emit.call(this, event, request, response, ...rest);
};

if (process.env.NODE_ENV === "production") quietConsole();
