package io.velesdb.cli;

import io.velesdb.filter.Filter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --filter} of searches. */
final class FilterOption {
    @Option(
            names = "--filter",
            paramLabel = "JSON",
            description = "Only points for which it holds, such as"
                    + " {\"condition\":{\"type\":\"eq\",\"field\":\"pos\",\"value\":\"verb\"}}.")
    private @Nullable String filter;

    @Nullable
    Filter parsed() {
        return filter == null
                ? null
                : Arguments.parsed(
                        "--filter",
                        filter,
                        "{\"condition\":{\"type\":\"eq\",\"field\":\"pos\",\"value\":\"verb\"}}",
                        Filter::parse);
    }
}
