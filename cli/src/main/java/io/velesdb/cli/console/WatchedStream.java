package io.velesdb.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Remembers why it could not write. A {@link java.io.PrintWriter} on top swallows the exception, and a result that a full
 * disk cut off must not pass for a whole one. A reader that has gone, such as {@code head}, has what it wanted: that is no
 * failure. For one thread.
 */
public final class WatchedStream extends FilterOutputStream {
    private @Nullable String failure;

    public WatchedStream(OutputStream out) {
        super(out);
    }

    /** What the first failed write said; null when nothing was lost. */
    public @Nullable String failure() {
        return failure;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            remember(e);
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            remember(e);
            throw e;
        }
    }

    private void remember(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (failure == null && !message.toLowerCase(Locale.ROOT).contains("pipe")) {
            failure = message;
        }
    }
}
