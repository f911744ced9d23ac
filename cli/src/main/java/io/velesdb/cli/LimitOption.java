package io.velesdb.cli;

import picocli.CommandLine.Option;

/** The option {@code --limit} of searches. */
final class LimitOption {
    @Option(
            names = {"-k", "--limit"},
            paramLabel = "N",
            description = "Points to find (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int k;

    int k() {
        return k;
    }
}
