/** What every surface of VelesDB must answer, and the runners that ask. */
module io.velesdb.conformance {
    requires transitive io.velesdb.embedded;
    requires static org.jspecify;

    exports io.velesdb.conformance;
}
