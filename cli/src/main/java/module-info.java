/** The command line: a thin binding over the embedded engine. */
module io.velesdb.cli {
    requires info.picocli;
    requires io.velesdb.conformance;
    requires io.velesdb.embedded;
    requires io.velesdb.embedder;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires static org.jspecify;

    exports io.velesdb.cli.sample;

    opens io.velesdb.cli to
            info.picocli;
}
