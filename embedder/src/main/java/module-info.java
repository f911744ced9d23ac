/**
 * Turns text into vectors: the {@code Embedder} port, a model that runs offline inside the JVM, and a client for
 * services that speak the OpenAI protocol. Optional: the engine never needs it.
 *
 * <p>{@code com.microsoft.onnxruntime} is an automatic module: it declares its name, but has no descriptor, and there is
 * no other build of that runtime. An image made by jlink therefore cannot contain this module; the C ABI and the runtime
 * image do without it. The jar with the model has neither descriptor nor name and is not required by name: it holds
 * resources only, and the class loader finds them as soon as the jar is on the class path or on the module path.
 */
module io.velesdb.embedder {
    requires transitive io.velesdb.core;
    requires com.microsoft.onnxruntime;
    requires java.net.http;
    requires static org.jspecify;

    exports io.velesdb.embedder;
}
