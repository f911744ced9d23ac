package io.velesdb.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Another database in a process of its own, which times itself: it is sent one statement a line and answers with
 * microseconds, a tab, and one number that tells whether the answer was right.
 */
final class SqlPeer implements AutoCloseable {
    private final Process process;
    private final Writer statements;
    private final BufferedReader answers;

    private SqlPeer(Process process) {
        this.process = process;
        statements = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a command, and waits until it has loaded its data and says so in a line. */
    static SqlPeer start(List<String> command) throws IOException {
        SqlPeer peer = new SqlPeer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        System.out.println(peer.line());
        return peer;
    }

    /** The microseconds of a statement. */
    double micros(String statement, long right) {
        try {
            statements.write(statement + "\n");
            statements.flush();
            List<String> answer = List.of(line().split("\t", 2));
            if (Long.parseLong(answer.get(1)) != right) {
                throw new IllegalStateException(statement + " answers " + answer.get(1) + ", not " + right);
            }
            return Double.parseDouble(answer.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the peer ended without an answer");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        statements.close();
        process.destroy();
    }
}
