package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ErrorCodeTest {
    @Test
    void textFormHasThreeDigits() {
        assertThat(ErrorCode.COLLECTION_EXISTS.text()).isEqualTo("VELES-001");
        assertThat(ErrorCode.INCOMPATIBLE_SCHEMA_VERSION.text()).isEqualTo("VELES-036");
    }

    @Test
    void numbersAreUnique() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number)).doesNotHaveDuplicates();
    }
}
