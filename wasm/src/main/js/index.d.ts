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

/** A value of a row or a parameter. An integer beyond 2^53 - 1, which a number does not hold exactly, is a bigint. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | { [name: string]: JsonValue };

/** A value of a parameter: a typed array, such as a vector, stands for its numbers; an undefined member is not there. */
export type Parameter =
  | JsonValue
  | Parameter[]
  | { [name: string]: Parameter | undefined }
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint32Array
  | BigUint64Array;

/** The values of `$name` by name, as an object or as its JSON text. `_collection` names the target of a top-level MATCH. */
export type Parameters = { [name: string]: Parameter | undefined } | string | null;

/** What the engine throws. */
export interface VelesError extends Error {
  /** Of the engine: `VELES-002`. */
  code: string;
  /** Of the language, when the statement was refused before it ran: `E001`. */
  queryCode?: string;
  /** The name of the kind of refusal: `UnexpectedToken`. */
  type?: string;
  /** Where the fault begins, from 1. */
  line?: number;
  /** In code points, from 1. */
  column?: number;
  /** In bytes of the statement's UTF-8, from 0. */
  position?: number;
  /** The words at fault. */
  fragment?: string;
  /** What to write instead. */
  hint?: string | null;
}

/** A database in memory that is asked in VelesQL, the whole language. Errors are `VelesError`s. */
export class WasmDatabase {
  constructor();
  /** Runs a statement and returns its rows. */
  query(statement: string, parameters?: Parameters): { [column: string]: JsonValue }[];
  /** The same, and how many rows, nodes and edges were written or removed. */
  execute(
    statement: string,
    parameters?: Parameters,
  ): { rows: { [column: string]: JsonValue }[]; affected: number };
  /** Parses and validates a statement without running it; collections and parameters need not exist. */
  static check(statement: string): void;
}
