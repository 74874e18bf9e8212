package org.cranny.central.dump;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;

/** Reads a dump to its end and counts. */
final class Counting implements DumpReader.Visitor {
    private String made = "?";
    private long files;
    private long tables;
    private long rows;

    @Override
    public void head(JsonObject head) {
        made = head.getString("time");
    }

    @Override
    public void file(String name, byte[] octets) {
        files++;
    }

    @Override
    public void sequence(String name, long next) {}

    @Override
    public void table(String name, List<String> columns) {
        tables++;
    }

    @Override
    public void row(JsonArray values) {
        rows++;
    }

    String made() {
        return made;
    }

    long files() {
        return files;
    }

    long tables() {
        return tables;
    }

    long rows() {
        return rows;
    }
}
