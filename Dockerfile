# Small and without root: the sources run as they are, under the image's own Node.js.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The `node` package is for machines with an older Node.js; the image has the right one.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/node node_modules/node-bin-* node_modules/.bin/node

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production INCUMBENT_HOME=/data/incumbent
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY bin ./bin
COPY src ./src
COPY migrations ./migrations
COPY golden-datasets ./golden-datasets
RUN mkdir -p /data/incumbent /data/reports && chown -R node:node /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 4080
# Also on 127.0.0.1 where `serve` listens on 0.0.0.0, as it has to in a container that others are to reach.
HEALTHCHECK --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4080/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/incumbent.js"]
CMD ["serve"]
