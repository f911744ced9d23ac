package io.velesdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaintenanceTest {
    private final List<String> reached = new ArrayList<>();

    @Test
    void aCollectionThatWasDeletedMeanwhileIsNoFailure() {
        boolean failed = Maintenance.forEach(() -> List.of("a", "deleted", "b"), name -> {
            if (name.equals("deleted")) {
                throw new VelesException(ErrorCode.COLLECTION_NOT_FOUND, "there is no collection 'deleted'");
            }
            reached.add(name);
        });
        assertThat(failed).isFalse();
        assertThat(reached).containsExactly("a", "b");
    }

    @Test
    void aCollectionThatFailsDoesNotKeepTheOthersWaiting() {
        boolean failed = Maintenance.forEach(() -> List.of("a", "full", "broken", "b"), name -> {
            switch (name) {
                case "full" -> throw new VelesException(ErrorCode.IO, "no space left");
                case "broken" -> throw new OutOfMemoryError("simulated");
                default -> reached.add(name);
            }
        });
        assertThat(failed).isTrue();
        assertThat(reached).containsExactly("a", "b");
    }
}
