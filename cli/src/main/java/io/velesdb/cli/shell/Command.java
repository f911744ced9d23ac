package io.velesdb.cli.shell;

import java.io.IOException;

/**
 * A command of the shell.
 *
 * @param group under which {@code .help} lists it
 * @param name with its dot or backslash
 * @param arguments as help shows them
 * @param about what it does, in a few words
 * @param least how few arguments it takes
 * @param most how many
 * @param action what it does; word 0 is its name
 */
record Command(String group, String name, String arguments, String about, int least, int most, Action action) {
    /** No bound on the arguments. */
    static final int ANY = Integer.MAX_VALUE;

    /** What a command does. */
    @FunctionalInterface
    interface Action {
        void run(Session session, Words words) throws IOException;
    }

    String usage() {
        return arguments.isEmpty() ? name : name + " " + arguments;
    }
}
