package io.velesdb.value;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.util.VersionInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints the rows of {@link CaseFoldingTable}, from the mappings C and S of Unicode's CaseFolding.txt as ICU carries
 * them. Run its {@code main} from the test class path after raising the version of icu4j; {@link CaseFoldingTest}
 * compares the table with ICU.
 */
final class CaseFoldingGenerator {
    private CaseFoldingGenerator() {}

    public static void main(String[] args) {
        if (UCharacter.getUnicodeVersion() != VersionInfo.UNICODE_16_0) {
            throw new IllegalStateException("the table is for 16.0, ICU has " + UCharacter.getUnicodeVersion());
        }
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (int[] range : ranges()) {
            String row = "0x%x, 0x%x, %d, %d,".formatted(range[0], range[1], range[2], range[3]);
            text.append(column == 0 ? "        " : " ").append(row);
            column = (column + 1) % 4;
            text.append(column == 0 ? "\n" : "");
        }
        System.out.println(text);
    }

    /** First, last, step and difference of runs of code points that fold by the same difference. */
    private static List<int[]> ranges() {
        List<int[]> ranges = new ArrayList<>();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            int difference = UCharacter.foldCase(point, true) - point;
            if (difference == 0) {
                continue;
            }
            int[] current = ranges.isEmpty() ? new int[4] : ranges.get(ranges.size() - 1);
            int step = point - current[1];
            boolean first = current[0] == current[1];
            if (current[3] == difference && (first ? step <= 2 : step == current[2])) {
                current[1] = point;
                current[2] = step;
            } else {
                ranges.add(new int[] {point, point, 1, difference});
            }
        }
        return ranges;
    }
}
