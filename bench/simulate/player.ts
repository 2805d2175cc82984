import { parentPort, workerData } from 'node:worker_threads'
import { type Chunk, playChunk } from './simulate.ts'

/** A thread of the simulator: plays each chunk that it is sent, and answers with what it saw. */
const { seed } = workerData as { seed: number }

parentPort?.on('message', (chunk: Chunk) => parentPort?.postMessage(playChunk(chunk, seed)))
