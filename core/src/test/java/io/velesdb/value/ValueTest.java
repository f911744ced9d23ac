package io.velesdb.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ValueTest {
    private static final long TWO_53 = 1L << 53;

    @Test
    void numbersAreEqualByExactValue() {
        assertThat(Value.of(1)).isEqualTo(Value.of(1.0)).hasSameHashCodeAs(Value.of(1.0));
        assertThat(Value.of(-0.0)).isEqualTo(Value.of(0)).hasSameHashCodeAs(Value.of(0));
        assertThat(Value.of(TWO_53 + 1)).isNotEqualTo(Value.of((double) (TWO_53 + 1)));
        assertThat(Value.ofUnsigned(Long.MIN_VALUE)).isEqualTo(Value.of(0x1p63)).hasSameHashCodeAs(Value.of(0x1p63));
        assertThat(Value.ofUnsigned(-1)).isNotEqualTo(Value.of(0x1p64));
        assertThat(Value.of(1)).isNotEqualTo(Value.of("1")).isNotEqualTo(Value.TRUE);
    }

    @Test
    void numericOrderAgreesWithBigDecimal() {
        long seed = 20260;
        Random random = new Random(seed);
        List<Value.Num> numbers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long bits = random.nextLong() >> random.nextInt(64);
            numbers.add((Value.Num) (random.nextBoolean() ? Value.of(bits) : Value.ofUnsigned(bits)));
            double d = (double) bits + random.nextInt(3) * 0.5;
            numbers.add(new Value.Dbl(random.nextInt(4) == 0 ? d * 0x1p40 : d));
            numbers.add(new Value.Dbl(Math.scalb((double) random.nextInt(5), random.nextInt(70) - 3)));
        }
        for (Value.Num a : numbers) {
            for (Value.Num b : numbers) {
                int expected = exact(a).compareTo(exact(b));
                assertThat(Integer.signum(Value.compare(a, b)))
                        .as("seed %s: %s <> %s", seed, a, b)
                        .isEqualTo(expected);
                assertThat(a.equals(b)).isEqualTo(expected == 0);
                if (expected == 0) {
                    assertThat(a).hasSameHashCodeAs(b);
                }
            }
        }
    }

    private static BigDecimal exact(Value.Num number) {
        return switch (number) {
            case Value.Int v -> BigDecimal.valueOf(v.value());
            case Value.UInt v -> new BigDecimal(Long.toUnsignedString(v.bits()));
            case Value.Dbl v -> new BigDecimal(v.value());
        };
    }

    @Test
    void theTotalOrderOfTypes() {
        List<Value> ascending = Arrays.asList(
                null,
                Value.NULL,
                Value.FALSE,
                Value.TRUE,
                Value.of(-1),
                Value.of(0.5),
                Value.ofUnsigned(-1),
                Value.of("A"),
                Value.of("a"),
                Arr.of(),
                Obj.EMPTY);
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                assertThat(Integer.signum(Value.compare(ascending.get(i), ascending.get(j))))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
        assertThat(Value.compare(Arr.of(1), Arr.of(2))).isZero();
    }

    @Test
    void objectsKeepOrderTakeTheLastDuplicateAndIgnoreOrderInEquality() {
        Obj object = Obj.builder()
                .put("b", Value.of(1))
                .put("a", Value.of(2))
                .put("b", Value.of(3))
                .build();
        assertThat(object).hasToString("{\"b\":3,\"a\":2}");
        assertThat(object).isEqualTo(Obj.of("a", 2, "b", 3.0)).hasSameHashCodeAs(Obj.of("a", 2, "b", 3.0));
        assertThat(object).isNotEqualTo(Obj.of("a", 2)).isNotEqualTo(Obj.of("a", 2, "c", 3));
        assertThat(object.with("a", "x").without("b")).hasToString("{\"a\":\"x\"}");
        assertThat(object.get("z")).isNull();
        Obj.Builder many = Obj.builder();
        for (int i = 0; i < 100; i++) {
            many.put("m" + i % 50, Value.of(i));
        }
        Obj big = many.build();
        assertThat(big.size()).isEqualTo(50);
        assertThat(big.get("m7")).isEqualTo(Value.of(57));
        assertThat(big.name(49)).isEqualTo("m49");
    }

    @Test
    void plainJavaObjectsBecomeValues() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("n", null);
        map.put("list", List.of(1, 2.5f, "x", true, new int[] {1}));
        map.put("big", new BigInteger("18446744073709551615"));
        assertThat(Value.of(map))
                .hasToString("{\"n\":null,\"list\":[1,2.5,\"x\",true,[1]],\"big\":18446744073709551615}");
        assertThatThrownBy(() -> Value.of(new BigInteger("18446744073709551616")))
                .hasMessageContaining("[VELES-023]");
        assertThatThrownBy(() -> Value.of(new BigInteger("-9223372036854775809")))
                .hasMessageContaining("[VELES-023]");
        assertThatThrownBy(() -> Value.of(Double.NaN)).hasMessageContaining("[VELES-023] number NaN");
        assertThatThrownBy(() -> Value.of(Float.POSITIVE_INFINITY)).hasMessageContaining("[VELES-023]");
        assertThatThrownBy(() -> Value.of(new Object())).hasMessageContaining("[VELES-017] a java.lang.Object");
        assertThatThrownBy(() -> Value.of(Map.of(1, 2))).hasMessageContaining("[VELES-017] member name 1");
        assertThatThrownBy(() -> Obj.of("a")).hasMessageContaining("[VELES-017]");
        assertThatThrownBy(() -> Value.of("\uDC00")).hasMessageContaining("[VELES-017]");
        assertThatThrownBy(() -> Obj.of("\uDC00", 1)).hasMessageContaining("[VELES-017]");
    }

    @Test
    void nestingIsBoundedWhereverItComesFrom() {
        Value value = Value.of(1);
        for (int i = 0; i < Value.MAX_LEVELS; i++) {
            value = i % 2 == 0 ? Arr.of(value) : Obj.of("x", value);
            if (value instanceof Obj object && object.levels() == Value.MAX_PAYLOAD_LEVELS) {
                assertThat(object.checkStorable()).isSameAs(object);
            } else if (value instanceof Obj object && object.levels() > Value.MAX_PAYLOAD_LEVELS) {
                assertThatThrownBy(object::checkStorable)
                        .hasMessageContaining("[VELES-017] the payload has " + (i + 1));
            }
        }
        Value deepest = value;
        assertThatThrownBy(() -> Arr.of(deepest))
                .hasMessageContaining("[VELES-017]")
                .hasMessageContaining("512");
        assertThatThrownBy(() -> Obj.of("x", deepest)).hasMessageContaining("[VELES-017]");
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        assertThatThrownBy(() -> Value.of(cycle)).hasMessageContaining("[VELES-017]");
    }
}
