package io.velesdb.cli;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.cli.transfer.Columns;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the lines of an import keep what. */
final class ColumnOptions {
    @Option(names = "--id-column", paramLabel = "NAME", description = "The column or member with the id (default: id).")
    private @Nullable String idColumn;

    @Option(
            names = "--vector-column",
            paramLabel = "NAME",
            description = "The column or member with the vector, which each line then has to have (default: vector).")
    private @Nullable String vectorColumn;

    @Option(names = "--line-ids", description = "Take the number of the line for the id, for data that has none.")
    private boolean lineIds;

    /** @param embedded whether the vectors are made of a text, so that no line has to have one */
    Columns parsed(boolean embedded) {
        if (lineIds && idColumn != null) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "--line-ids numbers the lines, and --id-column says where ids are: give one of them");
        }
        return new Columns(
                idColumn == null ? Columns.USUAL.id() : idColumn,
                vectorColumn == null ? Columns.USUAL.vector() : vectorColumn,
                lineIds,
                vectorColumn != null && !embedded);
    }
}
