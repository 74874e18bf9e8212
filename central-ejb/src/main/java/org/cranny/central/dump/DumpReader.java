package org.cranny.central.dump;

import com.github.luben.zstd.ZstdInputStream;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;

/** Reads what a {@link DumpWriter} wrote, line by line, up to its end; a dump without its end is none. */
final class DumpReader {
    /** Characters of a line: the master file of half a million hosts. */
    private static final int LONGEST = 32 << 20;

    private final InputStream in;

    DumpReader(InputStream in) {
        this.in = in;
    }

    /** What is done with each part, in the order of the dump. */
    interface Visitor {
        void head(JsonObject head) throws IOException;

        void file(String name, byte[] octets) throws IOException;

        void sequence(String name, long next) throws IOException;

        void table(String name, List<String> columns) throws IOException;

        void row(JsonArray values) throws IOException;
    }

    /** @throws IOException with one line when it is damaged or does not end */
    void read(Visitor visitor) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new ZstdInputStream(in), StandardCharsets.UTF_8))) {
            long count = 0;
            for (String line = line(lines); line != null; line = line(lines)) {
                JsonStructure parsed = parse(line);
                if (parsed instanceof JsonObject object && object.containsKey("end")) {
                    if (object.getJsonNumber("end").longValue() != count || line(lines) != null) {
                        throw new IOException("the dump does not have as many lines as its end says");
                    }
                    return;
                }
                visit(visitor, parsed, count == 0);
                count++;
            }
            throw new IOException("the dump ends too early");
        } catch (JsonException
                | MalformedException
                | ClassCastException
                | NullPointerException
                | IllegalArgumentException
                | ArithmeticException e) {
            throw new IOException("the dump is damaged: " + e.getMessage(), e);
        }
    }

    private static void visit(Visitor visitor, JsonStructure line, boolean first) throws IOException {
        if (line instanceof JsonArray row) {
            visitor.row(row);
            return;
        }
        JsonObject object = line.asJsonObject();
        if (first) {
            if (!object.getString("cranny", "").equals("dump") || object.getInt("format") != DumpFormat.VERSION) {
                throw new IOException("this dump was made by a newer Cranny");
            }
            visitor.head(object);
        } else if (object.containsKey("file")) {
            visitor.file(object.getString("file"), Base64.getDecoder().decode(object.getString("octets")));
        } else if (object.containsKey("sequence")) {
            visitor.sequence(
                    object.getString("sequence"), object.getJsonNumber("next").longValue());
        } else {
            List<String> columns = object.getJsonArray("columns").getValuesAs(JsonString::getString);
            visitor.table(object.getString("table"), columns);
        }
    }

    /** The next line without its end, null after the last. */
    private static String line(Reader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            if (line.length() == LONGEST) {
                throw new IOException("the dump is damaged: a line has more than " + LONGEST + " characters");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    private static JsonStructure parse(String line) throws MalformedException {
        try (JsonReader reader = Json.createReader(new StringReader(ClosedJson.require(line)))) {
            return reader.read();
        }
    }
}
