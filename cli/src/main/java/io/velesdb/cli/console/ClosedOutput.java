package io.velesdb.cli.console;

import java.io.IOException;

/** Nobody reads standard output any more, as behind {@code | head}: nothing went wrong, and there is nothing left to do. */
public final class ClosedOutput extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedOutput() {
        super("nobody reads the output any more");
    }
}
