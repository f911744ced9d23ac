package io.velesdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.cli.console.Terminal;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Runs the command line inside the test's JVM. */
record Cli(int status, String out, String err) {
    static {
        // the test runner talks to this JVM through its standard input: a command that reads it would eat that
        System.setIn(InputStream.nullInputStream());
    }

    static Cli run(String... arguments) {
        return run(Terminal.NONE, arguments);
    }

    static Cli run(Terminal terminal, String... arguments) {
        StringWriter out = new StringWriter();
        return run(terminal, out, arguments);
    }

    /** With {@code out} as standard output; its text is what is shown of it. */
    static Cli run(Terminal terminal, Writer out, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine commands = VelesCommand.commandLine(terminal);
        commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Cli(commands.execute(arguments), out.toString(), err.toString());
    }

    /** With {@code input} on standard input. */
    static synchronized Cli typing(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }

    /** The standard output of a run that must succeed. */
    static String ok(String... arguments) {
        Cli run = run(arguments);
        assertThat(run.err).isEmpty();
        assertThat(run.status).isZero();
        return run.out;
    }

    static Obj object(String... arguments) {
        return (Obj) Json.parse(ok(arguments));
    }

    static Arr array(String... arguments) {
        return (Arr) Json.parse(ok(arguments));
    }
}
