// Preloaded into web: tells the product who is at the other end of the connection, under a header name that nobody outside
// can know, because it is made anew in each process.
import { randomBytes } from "node:crypto";
import { Server } from "node:http";

const name = `x-peer-${randomBytes(8).toString("hex")}`;
globalThis[Symbol.for("leadwright.peer-header")] = name;

const emit = Server.prototype.emit;
Server.prototype.emit = function emitWithPeer(event, request, ...rest) {
  if (event === "request") request.headers[name] = request.socket.remoteAddress ?? "";
  return emit.call(this, event, request, ...rest);
};
