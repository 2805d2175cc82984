#!/usr/bin/env node
// Written for old versions of Node.js too, so that they get a sentence instead of a syntax error.
var version = process.versions.node.split('.').map(Number)
if (version[0] < 22 || (version[0] === 22 && version[1] < 19)) {
  console.error(
    'incumbent needs Node.js 22.19 or newer and runs under ' +
      process.versions.node +
      '. In a checkout `npm ci` brings its own: start it with `npx incumbent …`.',
  )
  process.exit(2)
}
import('./start.js')
