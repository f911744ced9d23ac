package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Page;
import io.velesdb.value.Ids;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which page of points is shown. */
final class PageOptions {
    @Option(
            names = {"-b", "--batch-size"},
            paramLabel = "N",
            description = "Points of the page (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int size;

    @Option(names = "--cursor", paramLabel = "ID", description = "Go on after this id.")
    private @Nullable String cursor;

    @Mixin
    private FilterOption filter = new FilterOption();

    Page of(Collection collection) {
        return collection.scroll(cursor == null ? null : Arguments.id(cursor), size, filter.parsed());
    }

    /** Says how to go on, unless this is the last page. */
    static void more(Output output, Page page) {
        Long next = page.next();
        if (next != null) {
            output.out().println("\nMore with --cursor " + Ids.format(next));
        }
    }
}
