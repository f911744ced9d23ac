/** The VelesDB engine on a JVM: files, memory mapping, write-ahead log, SIMD kernels, threads and locks. */
module io.velesdb.embedded {
    requires transitive io.velesdb.core;
    requires jdk.incubator.vector;
    requires static org.jspecify;

    exports io.velesdb.embedded;
    exports io.velesdb.embedded.file;
    exports io.velesdb.embedded.storage;
    exports io.velesdb.embedded.vector;
}
