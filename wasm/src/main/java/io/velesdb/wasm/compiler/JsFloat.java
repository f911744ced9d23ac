package io.velesdb.wasm.compiler;

import org.teavm.jso.JSBody;

/** The rounding that JavaScript leaves out. */
final class JsFloat {
    private JsFloat() {}

    /** The float nearest to a JavaScript number. */
    @JSBody(params = "number", script = "return Math.fround(number);")
    static native float round(float number);
}
