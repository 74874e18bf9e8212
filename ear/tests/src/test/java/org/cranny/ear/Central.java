package org.cranny.ear;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.List;

/** What central tells an administrator. None of these questions makes it look for silent hosts. */
final class Central {
    private Central() {}

    static String state(TestMachine machine) throws IOException {
        return list("/hosts").stream()
                .filter(host ->
                        host.getInt("number") == machine.identity().system().number())
                .map(host -> host.getString("state"))
                .findFirst()
                .orElseThrow();
    }

    /** Why each version of the master file was made, newest first. */
    static List<String> reasons() throws IOException {
        return list("/master-file/versions").stream()
                .map(version -> version.getString("reason"))
                .toList();
    }

    private static List<JsonObject> list(String path) throws IOException {
        HttpResponse<String> answer = Caller.administrator().get(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }
}
