# Frontdesk on one machine, in a container. How to build, run and reach it: docs/one-machine.md#in-a-container
#
# The digest is that of the tag beside it, as many public repositories have it; `docker pull` of the tag says whether it still is.
ARG NODE_IMAGE=node:24.18.1-bookworm-slim@sha256:235600a8101ab264e117b1768e925532262668dc9b581ef1dd7d96ced463b8e7

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No tools, and no second Node: the image has one; DuckDB's program is among the optional ones. .npmrc lets no package run a script.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/node-darwin-* node_modules/node-bin-*

FROM ${NODE_IMAGE} AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY bin ./bin
COPY events ./events
COPY local/platform/release.ts ./local/platform/release.ts
COPY operate ./operate
COPY policy ./policy
COPY tools/console-build.ts ./tools/console-build.ts
RUN node bin/launch.js tools/console-build.ts

FROM ${NODE_IMAGE}
WORKDIR /app
# No NODE_ENV=production: the sandbox, whose customers are invented, does not run with it.
ENV NODE_COMPILE_CACHE=/tmp/node-compile-cache
COPY --from=packages /app/node_modules ./node_modules
# The console's page, built: Vite is no part of the image.
COPY --from=page /app/dist/console ./dist/console
COPY package.json ./
COPY bin ./bin
COPY config ./config
COPY events ./events
COPY functions ./functions
COPY local ./local
COPY operate ./operate
COPY policy ./policy
COPY stacks ./stacks
COPY templates ./templates
# A new volume takes over whose this folder is.
RUN mkdir .frontdesk && chown node:node .frontdesk
USER node
VOLUME /app/.frontdesk
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 CMD ["node", "bin/healthy.js"]
# Servers bind to 127.0.0.1 here as everywhere: no port is published.
ENTRYPOINT ["node", "bin/launch.js", "local/start.ts"]
