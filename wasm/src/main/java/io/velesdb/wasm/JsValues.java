package io.velesdb.wasm;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSBoolean;
import org.teavm.jso.core.JSNumber;
import org.teavm.jso.core.JSString;

/**
 * JSON values as JavaScript has them. An integer that a JavaScript number does not hold exactly (beyond 2^53 - 1) is a BigInt, on
 * the way in and on the way out.
 */
final class JsValues {
    private static final long LARGEST_EXACT = (1L << 53) - 1;
    private static final int MISSING = 0;
    private static final int NULL = 1;
    private static final int BOOLEAN = 2;
    private static final int NUMBER = 3;
    private static final int BIGINT = 4;
    private static final int STRING = 5;
    private static final int LIST = 6;
    private static final int OBJECT = 7;

    private JsValues() {}

    /**
     * The parameters of a statement.
     *
     * @param given an object, its JSON text, or nothing
     * @throws VelesException VELES-010 when it is none of them
     */
    static Obj parameters(@Nullable JSObject given) {
        Value value = switch (kind(given)) {
            case MISSING, NULL -> Obj.EMPTY;
            case STRING -> Json.parseRequest(string(given));
            default -> value(given, 0);
        };
        if (value instanceof Obj parameters) {
            return parameters;
        }
        throw new VelesException(
                ErrorCode.QUERY,
                "the parameters are " + Json.excerpt(value)
                        + ": give an object, or the JSON text of one, with a member for each");
    }

    private static Value value(@Nullable JSObject given, int level) {
        return switch (kind(given)) {
            case NULL -> Value.NULL;
            case BOOLEAN -> Value.of(truth(given));
            case NUMBER -> isExactInteger(given) ? Value.of((long) numeric(given)) : Value.of(numeric(given));
            case BIGINT -> Json.parse(digits(given));
            case STRING -> Value.of(string(given));
            case LIST -> list(given, level + 1);
            case OBJECT -> object(given, level + 1);
            default ->
                throw new VelesException(
                        ErrorCode.QUERY,
                        "a parameter holds " + described(given)
                                + ": use null, booleans, numbers, BigInts, strings, arrays, typed arrays and plain objects");
        };
    }

    private static Value list(@Nullable JSObject given, int level) {
        checkLevel(level);
        List<Value> elements = new ArrayList<>();
        int length = length(given);
        for (int i = 0; i < length; i++) {
            elements.add(value(element(given, i), level));
        }
        return Arr.of(elements);
    }

    private static Value object(@Nullable JSObject given, int level) {
        checkLevel(level);
        Obj.Builder members = Obj.builder();
        JSArrayReader<JSString> names = names(given);
        for (int i = 0; i < names.getLength(); i++) {
            JSString name = names.get(i);
            JSObject member = member(given, name);
            if (kind(member) != MISSING) {
                members.put(name.stringValue(), value(member, level));
            }
        }
        return members.build();
    }

    /** Before the stack ends, which it does for an object that contains itself. */
    private static void checkLevel(int level) {
        if (level > Value.MAX_LEVELS) {
            throw new VelesException(
                    ErrorCode.SCHEMA_VALIDATION,
                    "a parameter has more than " + Value.MAX_LEVELS + " levels of arrays and objects: flatten it");
        }
    }

    /** A value for JavaScript. */
    static @Nullable JSObject of(Value value) {
        return switch (value) {
            case Value.Null none -> null;
            case Value.Bool flag -> JSBoolean.valueOf(flag.value());
            case Value.Int whole ->
                Math.abs(whole.value()) <= LARGEST_EXACT && whole.value() != Long.MIN_VALUE
                        ? JSNumber.valueOf((double) whole.value())
                        : signed(whole.value());
            case Value.UInt whole -> unsigned(whole.bits());
            case Value.Dbl number -> JSNumber.valueOf(number.value());
            case Value.Str text -> JSString.valueOf(text.text());
            case Arr array -> {
                JSArray<JSObject> elements = new JSArray<>();
                for (Value element : array) {
                    elements.push(of(element));
                }
                yield elements;
            }
            case Obj object -> {
                JSObject members = empty();
                for (int i = 0; i < object.size(); i++) {
                    put(members, object.name(i), of(object.value(i)));
                }
                yield members;
            }
        };
    }

    // The long names keep clear of the one-letter names that TeaVM gives to what surrounds the script.
    @JSBody(
            params = {"givenValue"},
            script = "if (givenValue === undefined) return 0;"
                    + "if (givenValue === null) return 1;"
                    + "switch (typeof givenValue) {"
                    + "  case 'boolean': return 2;"
                    + "  case 'number': return 3;"
                    + "  case 'bigint': return 4;"
                    + "  case 'string': return 5;"
                    + "  case 'object': break;"
                    + "  default: return 8;"
                    + "}"
                    + "if (Array.isArray(givenValue)) return 6;"
                    + "if (ArrayBuffer.isView(givenValue)) return givenValue instanceof DataView ? 8 : 6;"
                    + "var prototype = Object.getPrototypeOf(givenValue);"
                    // plain objects of another realm (a frame, a worker's message) have another Object.prototype
                    + "return prototype === null || Object.getPrototypeOf(prototype) === null ? 7 : 8;")
    private static native int kind(@Nullable JSObject givenValue);

    @JSBody(
            params = {"givenValue"},
            script = "return givenValue === undefined ? 'undefined' : Object.prototype.toString.call(givenValue);")
    private static native String described(@Nullable JSObject givenValue);

    @JSBody(
            params = {"givenValue"},
            script = "return givenValue;")
    private static native boolean truth(@Nullable JSObject givenValue);

    @JSBody(
            params = {"givenValue"},
            script = "return givenValue;")
    private static native double numeric(@Nullable JSObject givenValue);

    @JSBody(
            params = {"givenValue"},
            script = "return Number.isSafeInteger(givenValue);")
    private static native boolean isExactInteger(@Nullable JSObject givenValue);

    @JSBody(
            params = {"givenValue"},
            script = "return givenValue.toString();")
    private static native String digits(@Nullable JSObject givenValue);

    @JSBody(
            params = {"givenValue"},
            script = "return givenValue;")
    private static native String string(@Nullable JSObject givenValue);

    @JSBody(
            params = {"givenValue"},
            script = "return givenValue.length;")
    private static native int length(@Nullable JSObject givenValue);

    @JSBody(
            params = {"givenValue", "elementIndex"},
            script = "return givenValue[elementIndex];")
    private static native @Nullable JSObject element(@Nullable JSObject givenValue, int elementIndex);

    @JSBody(
            params = {"givenValue"},
            script = "return Object.keys(givenValue);")
    private static native JSArrayReader<JSString> names(@Nullable JSObject givenValue);

    @JSBody(
            params = {"givenValue", "memberName"},
            script = "return givenValue[memberName];")
    private static native @Nullable JSObject member(@Nullable JSObject givenValue, JSString memberName);

    @JSBody(script = "return {};")
    private static native JSObject empty();

    /** Assigning to {@code __proto__} would change what the object is instead of giving it a member. */
    @JSBody(
            params = {"targetObject", "memberName", "memberValue"},
            script = "if (memberName === '__proto__') {"
                    + "  Object.defineProperty(targetObject, memberName,"
                    + "    {value: memberValue, writable: true, enumerable: true, configurable: true});"
                    + "} else {"
                    + "  targetObject[memberName] = memberValue;"
                    + "}")
    private static native void put(JSObject targetObject, String memberName, @Nullable JSObject memberValue);

    @JSBody(
            params = {"signedInteger"},
            script = "return signedInteger;")
    private static native JSObject signed(long signedInteger);

    @JSBody(
            params = {"unsignedInteger"},
            script = "return BigInt.asUintN(64, unsignedInteger);")
    private static native JSObject unsigned(long unsignedInteger);
}
