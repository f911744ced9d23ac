package io.velesdb.wasm;

import io.velesdb.Database;
import io.velesdb.QueryException;
import io.velesdb.QueryResult;
import io.velesdb.QueryRow;
import io.velesdb.VelesException;
import io.velesdb.value.Obj;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;

/**
 * A database in memory that is asked in VelesQL, the whole language: the statements of core, nothing of its own.
 *
 * <p>Errors arrive as {@code Error} with {@code code} (of the engine, {@code VELES-002}); of a statement that is refused before it
 * runs also {@code queryCode} (of the language, {@code E001}), {@code type}, {@code line} and {@code column} (from 1), {@code
 * position} (from 0, in bytes of UTF-8), {@code fragment} and {@code hint} (null when there is none).
 */
public final class WasmDatabase {
    private final Database database = Browser.databaseInTime();

    /** An empty database. */
    @JSExport
    public WasmDatabase() {}

    /**
     * Runs a statement.
     *
     * @param parameters the values of {@code $name} by name: an object, its JSON text, or nothing
     * @return the rows, an array of objects
     */
    @JSExport
    public JSArray<JSObject> query(String statement, @Nullable JSObject parameters) {
        return rows(run(statement, parameters));
    }

    /**
     * As {@link #query}, with what a statement that writes tells besides.
     *
     * @return an object {@code {rows, affected}}; {@code affected} counts rows, nodes and edges written or removed
     */
    @JSExport
    public JSObject execute(String statement, @Nullable JSObject parameters) {
        QueryResult result = run(statement, parameters);
        return executed(rows(result), (double) result.affected());
    }

    /** Parses and validates a statement without running it; collections and parameters need not exist. */
    @JSExport
    public static void check(String statement) {
        throwingErrors(() -> {
            Database.checkStatement(statement);
            return Obj.EMPTY;
        });
    }

    private QueryResult run(String statement, @Nullable JSObject parameters) {
        return throwingErrors(() -> database.query(statement, JsValues.parameters(parameters)));
    }

    private static JSArray<JSObject> rows(QueryResult result) {
        JSArray<JSObject> rows = new JSArray<>();
        for (QueryRow row : result.rows()) {
            rows.push(JsValues.of(row.values()));
        }
        return rows;
    }

    private static <T> T throwingErrors(Supplier<T> work) {
        try {
            return work.get();
        } catch (QueryException e) {
            throwRefusal(
                    e.getMessage(),
                    e.code().text(),
                    e.error().code(),
                    e.error().kind(),
                    e.line(),
                    e.column(),
                    e.offset(),
                    e.fragment(),
                    e.hint());
            throw e;
        } catch (VelesException e) {
            throwError(e.getMessage(), e.code().text());
            throw e;
        }
    }

    // The long names keep clear of the one-letter names that TeaVM gives to what surrounds the script.
    @JSBody(
            params = {"foundRows", "affectedCount"},
            script = "return {rows: foundRows, affected: affectedCount};")
    private static native JSObject executed(JSArray<JSObject> foundRows, double affectedCount);

    @JSBody(
            params = {"errorMessage", "errorCode"},
            script = "throw Object.assign(new Error(errorMessage), {code: errorCode});")
    private static native void throwError(@Nullable String errorMessage, String errorCode);

    @JSBody(
            params = {
                "errorMessage",
                "errorCode",
                "languageCode",
                "errorKind",
                "errorLine",
                "errorColumn",
                "errorOffset",
                "errorFragment",
                "errorHint"
            },
            script =
                    "throw Object.assign(new Error(errorMessage), {code: errorCode, queryCode: languageCode, type: errorKind,"
                            + " line: errorLine, column: errorColumn, position: errorOffset, fragment: errorFragment, hint: errorHint});")
    private static native void throwRefusal(
            @Nullable String errorMessage,
            String errorCode,
            String languageCode,
            String errorKind,
            int errorLine,
            int errorColumn,
            int errorOffset,
            String errorFragment,
            @Nullable String errorHint);
}
