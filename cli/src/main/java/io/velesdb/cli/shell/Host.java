package io.velesdb.cli.shell;

import io.velesdb.Configuration;
import io.velesdb.Database;
import io.velesdb.cli.console.Terminal;
import io.velesdb.embedder.Embedder;
import java.io.PrintWriter;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a session is given by the command that starts it.
 *
 * @param place what is opened, for people
 * @param opener opens the database with these settings
 * @param configuration the settings to begin with
 * @param embedder loads the model that turns text into vectors
 * @param out for results
 * @param err for complaints
 * @param terminal what is known about the two
 * @param interactive whether a person types: then how many rows there were and how long it took is told
 */
public record Host(
        String place,
        Function<Configuration, Database> opener,
        Configuration configuration,
        Supplier<Embedder> embedder,
        PrintWriter out,
        PrintWriter err,
        Terminal terminal,
        boolean interactive) {}
