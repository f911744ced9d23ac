/** Which build runs: WebAssembly, or JavaScript where the host's WebAssembly is too old. */
export const backend: 'wasm' | 'js';

export type Metric = 'cosine' | 'euclidean' | 'dot' | 'hamming' | 'jaccard';

export interface Hit {
  id: bigint;
  /** A similarity (higher is better) or a distance (lower is better), by the metric. */
  score: number;
  /** JSON text of the payload, or null. */
  payload: string | null;
}

/** One in-memory vector collection. Errors carry the engine's code first: `[VELES-004] ...`. */
export class VectorStore {
  constructor(dimension: number, metric: Metric | string);
  /** The number of points. */
  readonly size: number;
  /** Adds or replaces one point; ids are unsigned 64-bit. */
  upsert(id: bigint, vector: Float32Array, payload: string | null): void;
  /** Deletes a point; false when there was none. */
  remove(id: bigint): boolean;
  /** The k nearest points, best first; `filter` is JSON text of the filter grammar. */
  search(vector: Float32Array, k: number, filter: string | null): Hit[];
}
