/** The VelesDB engine: portable Java without I/O, threads, reflection or dependencies. */
module io.velesdb.core {
    requires static org.jspecify;

    exports io.velesdb;
    exports io.velesdb.value;
    exports io.velesdb.filter;
    exports io.velesdb.vector;
    exports io.velesdb.vector.quantize;
    exports io.velesdb.journal;
    exports io.velesdb.host;
    exports io.velesdb.memory;
    exports io.velesdb.engine;
    exports io.velesdb.query.ast;
    exports io.velesdb.query.parse;
    exports io.velesdb.graph;
    exports io.velesdb.index.column;
    exports io.velesdb.index.hnsw;
}
