package org.cranny.client.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings, each column as wide as its widest cell. Numbers with units stand right. */
public final class Table {
    private final List<String[]> rows = new ArrayList<>();

    private Table(String... headings) {
        rows.add(headings);
    }

    public static Table of(String... headings) {
        return new Table(headings);
    }

    /** @param cells as many as there are headings; control characters are made harmless */
    public Table row(String... cells) {
        if (cells.length != rows.get(0).length) {
            throw new IllegalArgumentException("a row has " + rows.get(0).length + " cells");
        }
        rows.add(Arrays.stream(cells).map(Names::printable).toArray(String[]::new));
        return this;
    }

    public void print(Screen screen) {
        lines().forEach(screen::line);
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }

    List<String> lines() {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            widths[column] =
                    rows.stream().mapToInt(row -> row[at].length()).max().orElse(0);
            right[column] = rows.size() > 1
                    && rows.stream().skip(1).allMatch(row -> row[at].matches("-?[0-9][0-9.,]*( [kMGTPE]?B)?"));
        }
        return rows.stream().map(row -> line(row, widths, right)).toList();
    }

    private static String line(String[] row, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.length; column++) {
            String blanks = " ".repeat(widths[column] - row[column].length());
            line.append(column == 0 ? "" : "  ");
            line.append(right[column] ? blanks + row[column] : row[column] + blanks);
        }
        return line.toString().stripTrailing();
    }
}
