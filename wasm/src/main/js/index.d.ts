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

export type StorageMode = 'full' | 'sq8' | 'binary' | 'pq' | 'rabitq';
export type Direction = 'out' | 'in' | 'both';

export interface Reached {
  id: bigint;
  /** How many edges away. */
  depth: number;
  /** The ids of the edges that lead there. */
  path: bigint[];
}

/**
 * One in-memory vector collection with its texts, sparse vectors and edges. Errors carry the engine's code first:
 * `[VELES-004] ...`. Filters, payloads and sparse vectors are JSON text.
 */
export class VectorStore {
  constructor(dimension: number, metric: Metric | string);
  /**
   * A store in another storage mode, or whose texts are reduced to the stems of a language (en, fr, de, es) without its stop
   * words, or stripped of accents.
   */
  static configured(
    dimension: number,
    metric: Metric | string,
    storage: StorageMode,
    language: string | null,
    stripMarks: boolean,
  ): VectorStore;
  /** The number of points. */
  readonly size: number;
  /** Adds or replaces one point; ids are unsigned 64-bit. */
  upsert(id: bigint, vector: Float32Array, payload: string | null): void;
  /** The same with sparse vectors by name: `{"": {"17": 0.4}}`. */
  upsertSparse(id: bigint, vector: Float32Array, payload: string | null, sparse: string): void;
  /** Deletes a point; false when there was none. */
  remove(id: bigint): boolean;
  /** Learns the codes of `pq` (parts of a vector) or `rabitq` (bits); returns the number of points to learn from. */
  train(storage: 'pq' | 'rabitq', parameter: number): number;
  /** The k nearest points, best first. */
  search(vector: Float32Array, k: number, filter: string | null): Hit[];
  /** The k best points by BM25; the last word of `prefix` is the beginning of one. */
  textSearch(text: string, form: 'words' | 'phrase' | 'prefix', k: number, filter: string | null): Hit[];
  /** The k best points by the sparse vectors of a name, exact. */
  sparseSearch(vector: string, name: string, k: number, filter: string | null): Hit[];
  /** The k best points by vector and words at once, fused by their ranks. */
  hybridSearch(vector: Float32Array, text: string, k: number, vectorWeight: number, filter: string | null): Hit[];
  /** The number of edges. */
  readonly edgeCount: number;
  /** Adds an edge between two points. */
  addEdge(id: bigint, source: bigint, target: bigint, label: string, properties: string | null): void;
  /** Removes an edge; false when there was none. */
  removeEdge(id: bigint): boolean;
  /** The points that can be reached from one: each once, the source never. */
  traverse(
    source: bigint,
    order: 'bfs' | 'dfs',
    direction: Direction,
    label: string | null,
    maxDepth: number,
    limit: number,
  ): Reached[];
  /** The points on the shortest way by edges or by a weight, both ends included; null when there is none. */
  shortestPath(source: bigint, target: bigint, weight: string | null): bigint[] | null;
  /** Every point with its connected component, direction ignored. */
  connectedComponents(): { id: bigint; component: bigint }[];
  /** Every point with its PageRank. */
  pageRank(): { id: bigint; rank: number }[];
}
