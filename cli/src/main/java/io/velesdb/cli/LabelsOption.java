package io.velesdb.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --rel-types} of walks along edges. */
final class LabelsOption {
    @Option(
            names = "--rel-types",
            split = ",",
            paramLabel = "LABEL",
            description = "Follow edges with these labels only (default: all).")
    private List<String> labels = List.of();

    List<String> labels() {
        return labels;
    }
}
