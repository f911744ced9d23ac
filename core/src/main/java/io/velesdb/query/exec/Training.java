package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.CollectionSchema;
import io.velesdb.ErrorCode;
import io.velesdb.Quantization;
import io.velesdb.StorageMode;
import io.velesdb.VelesException;
import io.velesdb.engine.Session;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.quantize.QuantizedVectorSpace;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TRAIN QUANTIZER (section 19): reads and checks the options; the engine trains. */
final class Training {
    private final Statement.Train train;
    private final Session session;
    private final Map<String, Option> options = new HashMap<>();

    Training(Statement.Train train, Execution execution) {
        this.train = train;
        session = execution.session();
        for (Option option : train.options()) {
            options.putIfAbsent(option.name().text().toLowerCase(Locale.ROOT), option);
        }
    }

    Obj run() {
        String name = train.collection().text();
        CollectionSchema schema = session.engine().snapshot().get(name).schema();
        String type = text("type", "pq").toLowerCase(Locale.ROOT);
        boolean rotated = flag("opq") || type.equals("opq");
        int k = number("k", 256, 2, 256);
        int oversampling = number("oversampling", 4, 0, 1_000);
        int sample = number("sample", 0, 0, Integer.MAX_VALUE);
        Obj.Builder row = Obj.builder().put("status", Value.of("trained"));
        StorageMode mode;
        Quantization quantization;
        Quantization usual = Quantization.DEFAULT;
        switch (type) {
            case "pq", "opq" -> {
                mode = StorageMode.PQ;
                Option given = options.get("m");
                if (given == null) {
                    throw bad("m is missing: give the number of sub-spaces, a divisor of the dimension "
                            + schema.dimension());
                }
                int m = number("m", 0, 1, CollectionSchema.MAX_DIMENSION);
                if (schema.dimension() > 0 && schema.dimension() % m != 0) {
                    throw bad("m is " + m + ", which does not divide the dimension " + schema.dimension()
                            + ": use a divisor of it");
                }
                quantization = new Quantization(
                        oversampling, usual.threshold(), true, usual.bits(), m, k, rotated, sample, usual.seed());
                row.put("type", Value.of(rotated ? "opq" : "pq"))
                        .put("m", Value.of((long) m))
                        .put("k", Value.of((long) k));
            }
            case "rabitq" -> {
                mode = StorageMode.RABITQ;
                int bits = number("bits", 1, 1, 8);
                quantization = new Quantization(
                        oversampling, usual.threshold(), true, bits, 0, usual.centroids(), false, sample, usual.seed());
                row.put("type", Value.of("rabitq")).put("bits", Value.of((long) bits));
            }
            default -> throw bad("type is '" + type + "': use pq, opq or rabitq");
        }
        session.authoriseWhole(AccessRequest.Kind.DDL, name);
        long vectors = session.engine().trainQuantizer(name, mode, quantization, flag("force"));
        long trained = Math.min(vectors, QuantizedVectorSpace.mostSampled(mode, quantization));
        return row.put("training_vectors", Value.of(trained))
                .put("oversampling", Value.of((long) oversampling))
                .build();
    }

    private @Nullable Value value(String name) {
        Option option = options.get(name);
        return option == null ? null : option.value().value();
    }

    private String text(String name, String otherwise) {
        Value value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Value.Str text) {
            return text.text();
        }
        throw bad(name + " is " + value + ": use a name");
    }

    private boolean flag(String name) {
        Value value = value(name);
        if (value == null || value instanceof Value.Bool) {
            return Value.TRUE.equals(value);
        }
        throw bad(name + " is " + value + ": use true or false");
    }

    private int number(String name, int otherwise, int least, int most) {
        Value value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Value.Int number && number.value() >= least && number.value() <= most) {
            return (int) number.value();
        }
        throw bad(name + " is " + value + ": use an integer from " + least + " to " + most);
    }

    private VelesException bad(String text) {
        return Refusal.failed(train.position(), ErrorCode.INVALID_QUANTIZER_CONFIG, "quantizer option " + text);
    }
}
