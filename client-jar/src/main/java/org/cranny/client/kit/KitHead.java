package org.cranny.client.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What anybody reads who opens a kit with a text viewer: what it is, how old, and what to do with it. The sealed part is
 * bound to these very octets.
 *
 * @param text lines that end with {@code \n}, the last one {@link #END}
 */
record KitHead(String text) {
    static final String FIRST = "CRANNY RECOVERY KIT 1";
    static final String END = "---------------- the sealed part follows ----------------";
    private static final int LONGEST = 16_384;

    /** What the head says of the machine. @param newest end of the newest snapshot, or empty */
    record Facts(String machine, String system, Instant made, int snapshots, Optional<Instant> newest) {}

    static KitHead of(Facts facts) {
        String newest = facts.newest()
                .map(instant -> "the newest of " + instant.truncatedTo(ChronoUnit.SECONDS))
                .orElse("none yet");
        return new KitHead(String.join(
                "\n",
                FIRST,
                "",
                "This file brings back the backups of one computer, together with the passphrase that was chosen when the",
                "file was made. Whoever has both can read everything that was backed up. Without the passphrase the file",
                "is of no use to anybody, and nobody can replace a lost passphrase.",
                "",
                "computer:  " + facts.machine(),
                "system:    " + facts.system(),
                "made:      " + facts.made().truncatedTo(ChronoUnit.SECONDS),
                "snapshots: " + facts.snapshots() + ", " + newest,
                "",
                "The backups themselves are not in this file. They are on other computers (\"hosts\"), sealed; the file",
                "holds the list of them with their network addresses. At least one of the hosts that keep each piece must",
                "run and be reachable.",
                "",
                "What to do:",
                "1. Take a computer with Linux and Java 17 or newer, in the same network as the hosts.",
                "2. Get the program Cranny, version 0.1.0 or any later one, and unpack it. It is free software under the",
                "   Apache License 2.0.",
                "3. Type:  cranny kit restore THIS-FILE --target FOLDER",
                "   It asks for the passphrase and brings the files of the newest snapshot back into the folder.",
                "   Type 'cranny kit restore --help' for older snapshots and single files.",
                "",
                "How the sealed part is made stands in Cranny's documentation, docs/format/kit.md: Argon2id gives the key,",
                "AES-256-GCM seals frames of 65,536 octets.",
                "",
                END,
                ""));
    }

    /** @throws KitException when the stream does not begin with the head of a kit */
    static KitHead read(InputStream in) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (octets.size() + line.size() < LONGEST) {
            int octet = in.read();
            if (octet < 0) {
                break;
            }
            line.write(octet);
            if (octet == '\n') {
                String text = line.toString(StandardCharsets.UTF_8).strip();
                if (octets.size() == 0 && !text.equals(FIRST)) {
                    break;
                }
                line.writeTo(octets);
                line.reset();
                if (text.equals(END)) {
                    return new KitHead(octets.toString(StandardCharsets.UTF_8));
                }
            }
        }
        throw new KitException("This is no recovery kit of this version. Check which file it is.");
    }

    byte[] octets() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
