package io.velesdb.benchmarks;

/** Options of the form {@code --name value}. */
record Arguments(String[] all) {
    String text(String name, String otherwise) {
        for (int i = 0; i < all.length - 1; i++) {
            if (all[i].equals(name)) {
                return all[i + 1];
            }
        }
        return otherwise;
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }
}
