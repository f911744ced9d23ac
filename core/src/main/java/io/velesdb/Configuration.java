package io.velesdb;

import io.velesdb.index.hnsw.Effort;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a database, by keys that every surface shares: {@code search.max_results}, {@code hnsw.m} and so on.
 * Immutable. A key that does not exist, or a value that it does not take, is refused when it is set; nothing is clamped or
 * passed over.
 *
 * <pre>{@code
 * Configuration settings = Configuration.DEFAULTS.with("search.default_mode", "accurate").with("limits.max_collections", 10);
 * }</pre>
 */
public final class Configuration {
    /** Nothing is set: every key has its default. */
    public static final Configuration DEFAULTS = new Configuration(Map.of());

    private final Map<String, Value> set;

    private Configuration(Map<String, Value> set) {
        this.set = set;
    }

    /**
     * The settings in an object of sections, {@code {"search": {"max_results": 50}}}, as a configuration file holds them;
     * dotted names do as well.
     *
     * @throws VelesException VELES-009 for an unknown key or a value that is not allowed
     */
    public static Configuration of(Obj sections) {
        Configuration all = DEFAULTS;
        for (int i = 0; i < sections.size(); i++) {
            String name = sections.name(i);
            if (sections.value(i) instanceof Obj section) {
                for (int j = 0; j < section.size(); j++) {
                    all = all.with(name + "." + section.name(j), section.value(j));
                }
            } else {
                all = all.with(name, sections.value(i));
            }
        }
        return all;
    }

    /** All keys. */
    public static List<String> keys() {
        return ConfigurationKey.names();
    }

    /**
     * The same settings but for one.
     *
     * @param key for example {@code search.max_results}
     * @throws VelesException VELES-009 for an unknown key or a value that is not allowed
     */
    public Configuration with(String key, @Nullable Object value) {
        ConfigurationKey known = ConfigurationKey.of(key);
        Map<String, Value> changed = new TreeMap<>(set);
        changed.put(known.name(), known.checked(Value.of(value)));
        return new Configuration(changed);
    }

    /**
     * What a key is set to, or its default.
     *
     * @throws VelesException VELES-009 for an unknown key
     */
    public Value get(String key) {
        ConfigurationKey known = ConfigurationKey.of(key);
        Value value = set.get(known.name());
        return value == null ? known.usual() : value;
    }

    /** The limits among the settings. */
    public Limits limits() {
        return new Limits(
                (int) whole("limits.max_dimensions"),
                whole("limits.max_vectors_per_collection"),
                (int) whole("limits.max_collections"),
                (int) whole("limits.max_payload_size"),
                (int) whole("limits.max_perfect_mode_vectors"),
                (int) whole("search.max_results"),
                whole("search.query_timeout_ms"));
    }

    /** How hard a search looks that does not say so: {@code search.ef_search} when it is set, else the default mode. */
    public Effort effort() {
        return get("search.ef_search") instanceof Value.Int ef
                ? Effort.custom((int) ef.value())
                : Effort.parse(text("search.default_mode"));
    }

    /** What memory holds for a new collection that does not say so. */
    public StorageMode storageMode() {
        String mode = text("quantization.mode");
        return mode.equals("none") ? StorageMode.FULL : StorageMode.parse(mode);
    }

    /** How the codes of a new collection are made that does not say so. */
    public Quantization quantization() {
        boolean rescores = flag("quantization.rerank_enabled");
        boolean trains = flag("quantization.auto_quantization");
        return Quantization.DEFAULT
                .withOversampling(rescores ? (int) whole("quantization.rerank_multiplier") : 0)
                .withThreshold(trains ? (int) whole("quantization.auto_quantization_threshold") : 0);
    }

    private boolean flag(String key) {
        return get(key) instanceof Value.Bool flag && flag.value();
    }

    /** The shape of the index of a new collection that does not say so. */
    public HnswParameters hnsw(int dimension) {
        HnswParameters usual = HnswParameters.forDimension(dimension);
        return new HnswParameters(
                get("hnsw.m") instanceof Value.Int m ? (int) m.value() : usual.m(),
                get("hnsw.ef_construction") instanceof Value.Int ef ? (int) ef.value() : usual.efConstruction(),
                (int) whole("hnsw.max_layers"));
    }

    /**
     * The number that a key is set to.
     *
     * @throws VelesException VELES-009 for an unknown key, or one that is set to a word or a truth value
     */
    public long whole(String key) {
        if (get(key) instanceof Value.Int number) {
            return number.value();
        }
        throw new VelesException(ErrorCode.CONFIG, key + " is " + get(key) + ", not a number");
    }

    /**
     * The text that a key is set to.
     *
     * @throws VelesException VELES-009 for an unknown key, or one that is set to something else
     */
    public String text(String key) {
        if (get(key) instanceof Value.Str text) {
            return text.text();
        }
        throw new VelesException(ErrorCode.CONFIG, key + " is " + get(key) + ", not text");
    }

    /** Every key with what it is set to or its default, as an object of sections: {@link #of} reads it back. */
    public Obj toJson() {
        Obj all = Obj.EMPTY;
        for (String key : keys()) {
            int dot = key.indexOf('.');
            String section = key.substring(0, dot);
            Obj members = all.get(section) instanceof Obj found ? found : Obj.EMPTY;
            all = all.with(section, members.with(key.substring(dot + 1), get(key)));
        }
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Configuration that && toJson().equals(that.toJson());
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    @Override
    public String toString() {
        return toJson().toString();
    }
}
