// Preloaded into web, for what only the server itself knows. Who is at the other end of a connection: told under a
// header name that nobody outside can know, because it is made anew in each process. And how many requests are being answered:
// kept where proxy.ts finds it (server/core/pressure.ts). And one line in the log for each (server/core/request-log.ts).
import { randomBytes } from "node:crypto";
import { Server } from "node:http";
import { quietConsole } from "../../server/core/quiet-console.ts";
import { logRequest } from "../../server/core/request-log.ts";

const name = `x-peer-${randomBytes(8).toString("hex")}`;
globalThis[Symbol.for("leadwright.peer-header")] = name;
const pressure = { waiting: 0, failedAt: 0, inFlight: 0 };
globalThis[Symbol.for("leadwright.pressure")] = pressure;

const emit = Server.prototype.emit;
Server.prototype.emit = function emitWatched(event, request, response, ...rest) {
  if (event === "request") {
    request.headers[name] = request.socket.remoteAddress ?? "";
    if (!request.url?.startsWith("/_next/")) {
      pressure.inFlight += 1;
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
