import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = resolve(import.meta.dirname, '..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')

interface Service {
  image?: string
  build?: string
  ports?: string[]
  profiles?: string[]
  volumes?: string[]
  healthcheck?: unknown
  command?: string[]
  stop_grace_period?: string
  depends_on?: Record<string, { condition: string }>
}

const composeText = read('docker-compose.yml')
const compose = parse(composeText, { merge: true }) as {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}
const services = Object.entries(compose.services)

describe('docker-compose.yml', () => {
  test('has a PostgreSQL with a volume and a health check, and the service waits until it is healthy', () => {
    expect(compose.services.postgres?.image).toMatch(/^postgres:1[5-8]/)
    expect(compose.services.postgres?.healthcheck).toBeDefined()
    expect(compose.services.incumbent?.depends_on?.postgres?.condition).toBe('service_healthy')
  })

  test.each(services)('%s is reachable from this machine only', (_name, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
  })

  test.each(services)('%s names an exact version, and only volumes that are declared', (_name, service) => {
    if (service.image !== undefined) expect(service.image).toMatch(/:[\w.-]*\d[\w.-]*$/)
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':')
      if (!source.startsWith('.')) expect(Object.keys(compose.volumes)).toContain(source)
    }
  })

  test('runs the service, which everybody in its network reaches and which has time to end in good order', () => {
    const service = compose.services.incumbent
    expect(service?.command).toEqual(['serve', '--host', '0.0.0.0'])
    expect(service?.ports).toEqual([expect.stringContaining(':4080')])
    expect(Number.parseInt(service?.stop_grace_period ?? '', 10)).toBeGreaterThan(10)
    expect(service?.profiles).toBeUndefined()
  })

  test('local models and the mail catcher start only with their profile', () => {
    for (const name of ['mailpit', 'ollama', 'vllm']) expect(compose.services[name]?.profiles).toHaveLength(1)
    expect(compose.services.postgres?.profiles).toBeUndefined()
  })

  test('every variable it uses is in .env.example', () => {
    const documented = read('.env.example')
    const used = new Set(Array.from(composeText.matchAll(/\$\{(\w+)/g), ([, name]) => name ?? ''))
    expect(used.size).toBeGreaterThan(5)
    for (const name of used) expect(documented).toMatch(new RegExp(`^(# )?${name}=`, 'm'))
  })
})

describe('the Dockerfile', () => {
  const lines = read('Dockerfile').split('\n')

  test('copies only what exists and what .dockerignore lets through', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    const copies = lines.filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    for (const source of copies.flatMap((line) => line.split(/\s+/).slice(1, -1))) {
      expect(existsSync(join(root, source))).toBe(true)
      expect(allowed).toContain(source.replace(/^\.\//, ''))
    }
  })

  test('does not run as root, and its Node.js is of the version that package.json names', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: { node: string } }
    const major = dependencies.node.split('.')[0]
    expect(
      lines.filter((line) => line.startsWith('FROM node:')).every((line) => line.startsWith(`FROM node:${major}-`)),
    ).toBe(true)
    const last = lines.lastIndexOf('USER node')
    expect(last).toBeGreaterThan(-1)
    expect(lines.findIndex((line) => line.startsWith('ENTRYPOINT'))).toBeGreaterThan(last)
  })

  test('serves by default, on a port that it exposes and whose health it checks', () => {
    expect(lines).toContain('CMD ["serve"]')
    expect(lines).toContain('EXPOSE 4080')
    expect(read('Dockerfile')).toMatch(/^HEALTHCHECK[^\n]*\\\n.*127\.0\.0\.1:4080\/healthz/m)
  })

  test('carries everything that the sources need at run time', () => {
    for (const folder of ['bin', 'src', 'migrations', 'golden-datasets', 'package.json']) {
      expect(read('Dockerfile')).toMatch(new RegExp(`^COPY .*\\b${folder}\\b`, 'm'))
    }
  })
})

describe('deploy/incumbent.service', () => {
  const unit = read('deploy/incumbent.service')

  test('starts the service with the Node.js that the project brings, in its own folder', () => {
    expect(unit).toMatch(
      /^ExecStart=\/opt\/incumbent\/node_modules\/\.bin\/node \/opt\/incumbent\/bin\/incumbent\.js serve$/m,
    )
    expect(existsSync(join(root, 'bin/incumbent.js'))).toBe(true)
    expect(unit).toMatch(/^WorkingDirectory=\/var\/lib\/incumbent$/m)
  })

  test('starts it again after a crash, and leaves it time to end in good order', () => {
    expect(unit).toMatch(/^Restart=always$/m)
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(30)
  })
})
