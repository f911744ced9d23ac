package io.velesdb.cli.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Standard output for as long as somebody reads it: a {@link PrintWriter} keeps it to itself when its reader is gone, and a
 * long output would be worked out for nobody. To be buffered, as every write looks.
 */
public final class OpenOutput extends Writer {
    private final PrintWriter out;

    public OpenOutput(PrintWriter out) {
        this.out = out;
    }

    /** @throws ClosedOutput when it cannot be written */
    @Override
    public void write(char[] text, int from, int length) throws IOException {
        out.write(text, from, length);
        flush();
    }

    /** @throws ClosedOutput when it cannot be written */
    @Override
    public void flush() throws IOException {
        if (out.checkError()) {
            throw new ClosedOutput();
        }
    }

    /** Standard output stays open. */
    @Override
    public void close() throws IOException {
        flush();
    }
}
