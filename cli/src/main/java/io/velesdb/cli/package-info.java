/**
 * The command line {@code velesdb}: a thin binding. Each command reads its arguments, calls the public API of the engine
 * and shows what comes back; no search, no storage and no check of data happens here.
 *
 * <p>Conventions of all commands: {@code -f table|json} chooses the form of standard output (one JSON document, nothing
 * else, for {@code json}); errors go to standard error as {@code [VELES-…] message}; exit status 0 is success, 1 a failure
 * or something found, 2 wrong usage. What asks or reports progress uses standard error.
 *
 * <p>{@link io.velesdb.cli.Main} starts it; {@link io.velesdb.cli.VelesCommand} is the root of the commands.
 */
@NullMarked
package io.velesdb.cli;

import org.jspecify.annotations.NullMarked;
