package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** With what central logs in on machines for one run, and by which keys it knows them. */
final class SshOptions {
    @Option(
            names = "--ssh-user",
            paramLabel = "NAME",
            defaultValue = "root",
            description =
                    "Who logs in there: root, or somebody whom sudo asks no password (default: ${DEFAULT-VALUE}).")
    private String user;

    @Option(names = "--ssh-key", paramLabel = "FILE", description = "Private key for this one time.")
    private Path key;

    @Option(
            names = "--ssh-password-file",
            paramLabel = "FILE",
            description = "A file with the password of the account, or of the key.")
    private Path password;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description =
                    "The machines' host keys, as a known_hosts file. A machine whose key is not known is not touched.")
    private Path knownHosts;

    @Option(
            names = "--host-key",
            paramLabel = "HOST=SHA256:…",
            description = "The fingerprint of one machine's host key; more than once for more machines.")
    private Map<String, String> hostKeys = new LinkedHashMap<>();

    /** Refuses, as wrong use, when nothing is given that logs in. */
    void check(AdminCommand admin) {
        if (key == null && password == null) {
            throw admin.wrong("Say how to log in there: --ssh-key FILE or --ssh-password-file FILE.");
        }
    }

    void addTo(JsonObjectBuilder request, AdminCommand admin) throws IOException {
        JsonArrayBuilder keys = Json.createArrayBuilder();
        hostKeys.forEach((host, fingerprint) ->
                keys.add(Json.createObjectBuilder().add("host", host).add("fingerprint", fingerprint)));
        request.add("user", user).add("hostKeys", keys);
        if (key != null) {
            request.add("key", text(key, admin));
        }
        if (password != null) {
            request.add("password", admin.firstLine(password));
        }
        if (knownHosts != null) {
            request.add("knownHosts", text(knownHosts, admin));
        }
    }

    private static String text(Path file, AdminCommand admin) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw admin.wrong("There is no file " + file + ".");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
