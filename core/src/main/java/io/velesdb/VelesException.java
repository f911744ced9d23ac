package io.velesdb;

import org.jspecify.annotations.Nullable;

/**
 * The one exception of the engine. Its message has the form {@code [VELES-004] text}; the text names the field, the
 * value and what to do.
 */
public final class VelesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public VelesException(ErrorCode code, String text) {
        this(code, text, null);
    }

    public VelesException(ErrorCode code, String text, @Nullable Throwable cause) {
        super("[" + code.text() + "] " + text, cause);
        this.code = code;
    }

    /** The same failure, seen from another thread. */
    public VelesException(VelesException original) {
        super(original.getMessage(), original);
        code = original.code;
    }

    public ErrorCode code() {
        return code;
    }
}
