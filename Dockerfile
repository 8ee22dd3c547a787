# Frontdesk on one machine, in a container. How to build, run and reach it: docs/one-machine.md#in-a-container
#
# The digest is that of the tag beside it, as many public repositories have it; `docker pull` of the tag says whether it still is.
ARG NODE_IMAGE=node:24.18.1-bookworm-slim@sha256:235600a8101ab264e117b1768e925532262668dc9b581ef1dd7d96ced463b8e7

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No tools, and no second Node: the image has one. .npmrc lets no package run a script.
RUN npm ci --omit=dev --omit=optional

FROM ${NODE_IMAGE}
WORKDIR /app
# No NODE_ENV=production: the sandbox, whose customers are invented, does not run with it.
ENV NODE_COMPILE_CACHE=/tmp/node-compile-cache
COPY --from=packages /app/node_modules ./node_modules
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
