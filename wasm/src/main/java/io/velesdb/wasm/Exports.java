package io.velesdb.wasm;

import org.teavm.jso.JSExportClasses;

/** The root that TeaVM starts from: everything reachable from the classes named here is compiled. */
@JSExportClasses({VectorStore.class, WasmDatabase.class})
public final class Exports {
    private Exports() {}
}
